import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { createLogRecord, type Fault, startLocalServices } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import { jsonEncoder } from '../../../src/encode/json-encoder.ts';
import { objectProperty } from '../../../src/object-property.ts';
import { recordAt, withAws } from '../aws/support/aws-run.ts';

const DAY = 86_400_000;
const PUT = 'PutLogEvents';
const ENTITY = {
  keyAttributes: { Type: 'Service', Name: 'café', Environment: 'test' },
  attributes: { 'AWS.ServiceNameSource': 'UserConfiguration' },
};
const encoder = jsonEncoder();
const messageOf = (record: ReadableLogRecord): string =>
  Buffer.from(encoder.encode(record)).toString();
const messagesOf = (records: readonly ReadableLogRecord[]): string[] => records.map(messageOf);

/** Of one millisecond after the other, of any size up to a few kilobytes, with much to escape. */
function recordsFrom(millis: number, count: number): ReadableLogRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const text = `${index} "\\é\n😀\u2028\u0001\ud800"},{"timestamp":1,"message":"`;
    return recordAt(millis + Math.floor(index / 3), text.repeat(1 + ((index * 31) % 40)));
  });
}

/** Sends in several steps, so that there are requests of every size. */
async function sendInSteps(
  records: readonly ReadableLogRecord[],
  send: (records: readonly ReadableLogRecord[]) => Promise<number>,
): Promise<number[]> {
  const codes: Promise<number>[] = [];
  for (let start = 0, step = 1; start < records.length; start += step, step *= 2) {
    codes.push(send(records.slice(start, start + step)));
    await Promise.all(step < 600 ? codes : []);
  }
  return Promise.all(codes);
}

/** Those that belong together come in their order, whatever comes between them. */
function runsOf(messages: readonly string[], expected: readonly string[]): number {
  const places = new Map(expected.map((message, index) => [message, index]));
  let runs = 1;
  messages.forEach((message, index) => {
    const before = places.get(messages[index - 1] ?? '') ?? -1;
    if (index > 0 && places.get(message) !== before + 1) runs += 1;
  });
  return runs;
}

describe('bodies that lie where the records do', () => {
  it('bring each record as it is, in order and once, though calls fail in every way', async () => {
    const faults: Fault[] = [
      { kind: 'internal-error', operation: PUT, after: 2, times: 2 },
      { kind: 'reset-before-accept', operation: PUT, after: 6, times: 2 },
      { kind: 'throttle', operation: PUT, after: 10, times: 1 },
      { kind: 'not-found', operation: PUT, after: 13, times: 1 },
      { kind: 'service-unavailable', operation: PUT, rate: 0.3 },
    ];
    await withAws(
      'cloudwatch-logs',
      { logGroupName: 'made', logStreamName: 'on the way' },
      async ({ calls, exporter, send, services }) => {
        const records = recordsFrom(Date.now() - 60_000, 6_000);
        const codes = await sendInSteps(records, send);
        expect(new Set(codes)).toEqual(new Set([0]));
        const expected = messagesOf(records);
        const { messages } = services.cloudWatchLogs;
        expect(messages.toSorted()).toEqual(expected.toSorted());
        const stored = calls().filter(({ status }) => status === 200).length;
        expect(stored).toBeGreaterThan(10);
        expect(runsOf(messages, expected)).toBeLessThanOrEqual(stored);
        expect(exporter.stats().retried).toBeGreaterThan(100);
        const times = new Map(
          services.cloudWatchLogs.events.map((event) => [event.message, event.timestamp]),
        );
        for (const [index, record] of records.entries()) {
          const [seconds, nanos] = record.hrTime;
          expect(times.get(expected[index] ?? '')).toBe(seconds * 1000 + Math.floor(nanos / 1e6));
        }
      },
      { faults, seed: 7, cloudWatchLogs: {} },
    );
  });

  it('bring all but those that are too old, and these too under the present time', async () => {
    for (const rejected of ['drop', 'restamp']) {
      await withAws('cloudwatch-logs', { rejected }, async ({ drops, send, services }) => {
        const now = Date.now();
        const old = recordsFrom(now - 14 * DAY - 300, 1_500);
        const young = recordsFrom(now - 1_000, 500);
        await send(young.slice(0, 50));
        await send(old);
        await send(young.slice(50));
        const { events, messages } = services.cloudWatchLogs;
        const dropped = drops.reduce((sum, { count }) => sum + count, 0);
        if (rejected === 'drop') expect(messages.length + dropped).toBe(2_000);
        const expected = messagesOf([...old, ...young]);
        const isLost = new Set(services.cloudWatchLogs.rejected.map(({ message }) => message));
        expect(isLost.size).toBeGreaterThan(100);
        const kept = rejected === 'drop' ? expected.filter((text) => !isLost.has(text)) : expected;
        expect(messages.toSorted()).toEqual(kept.toSorted());
        for (const { message, timestamp } of events)
          if (isLost.has(message)) expect(timestamp).toBeGreaterThan(now - DAY);
      });
    }
  });

  it('bring records of the first moment of all under the present time, with their neighbours', async () => {
    await withAws('cloudwatch-logs', { rejected: 'restamp' }, async ({ drops, send, services }) => {
      const start: ReadableLogRecord['hrTime'] = [-5, 0];
      const old = Array.from({ length: 2 }, () =>
        createLogRecord({ hrTime: start, hrTimeObserved: start }),
      );
      expect(await send(old)).toBe(0);
      expect(drops).toEqual([]);
      expect(services.cloudWatchLogs.messages).toEqual(messagesOf(old));
    });
  });

  it.each([1, 999_999_999_999, 1e13, 8.64e15])(
    'are not used for the time %d, nor is the record lost when its time may be replaced',
    async (millis) => {
      await withAws('cloudwatch-logs', { rejected: 'restamp' }, async ({ send, services }) => {
        const now = Date.now();
        const records = Array.from({ length: 60 }, (_, index) =>
          recordAt(index % 3 === 1 ? millis : now, `"${index}"`),
        );
        expect(await send(records)).toBe(0);
        expect(services.cloudWatchLogs.messages.toSorted()).toEqual(messagesOf(records).toSorted());
      });
    },
  );

  it.each([
    ['long', 'g'.repeat(400), 'l'.repeat(500), {}],
    ['not ASCII', 'group', `é${'\u20ac"\\'.repeat(100)}`, {}],
    ['with an entity', 'group', 'one', { entity: ENTITY }],
  ])('reach targets whose names are %s', async (_case, logGroupName, logStreamName, options) => {
    const names = { logGroupName, logStreamName };
    await withAws('cloudwatch-logs', { ...names, ...options }, async ({ send, services }) => {
      const records = recordsFrom(Date.now() - 1_000, 400);
      await sendInSteps(records, send);
      const { events } = services.cloudWatchLogs;
      expect(events.map(({ message }) => message)).toEqual(messagesOf(records));
      expect(new Set(events.map((event) => event.logStreamName))).toEqual(new Set([logStreamName]));
    });
  });

  it('bring records that were cut, and those between them', async () => {
    await withAws('cloudwatch-logs', { maxEventBytes: 4_000 }, async ({ send, services }) => {
      const records = Array.from({ length: 300 }, (_, index) =>
        recordAt(Date.now(), `${index}"${'\n'.repeat(index % 7 === 0 ? 5_000 : index)}`),
      );
      expect(await send(records)).toBe(0);
      const { messages } = services.cloudWatchLogs;
      const bodies = messages.map((message) => String(objectProperty(JSON.parse(message), 'body')));
      expect(bodies.map((body) => Number.parseInt(body, 10)).toSorted((a, b) => a - b)).toEqual(
        records.map((_, index) => index),
      );
      const whole = new Set(messages);
      records.forEach((record, index) => {
        expect(whole.has(messageOf(record))).toBe(index % 7 !== 0);
      });
    });
  });

  it('of several days in turns go to calls of their own', async () => {
    await withAws('cloudwatch-logs', {}, async ({ send, services }) => {
      const now = Date.now();
      const records = recordsFrom(now, 900).map((record, index) =>
        recordAt(now - (index % 4) * 1.5 * DAY, String(record.body)),
      );
      expect(await send(records)).toBe(0);
      expect(services.cloudWatchLogs.messages.toSorted()).toEqual(messagesOf(records).toSorted());
    });
  });
});

describe('the memory of a body', () => {
  /** The bodies as a client of the application hands them to its connection, and the exporter of that client. */
  async function bodiesOf(
    records: readonly ReadableLogRecord[],
    failures = 0,
  ): Promise<Uint8Array[]> {
    await using services = await startLocalServices({
      faults: [
        {
          kind: 'internal-error',
          operation: PUT,
          after: 2,
          times: failures,
          rate: failures > 0 ? 0.5 : 0,
        },
      ],
      cloudWatchLogs: { groups: { group: ['stream'] } },
    });
    const client = new CloudWatchLogsClient({ ...services.clientConfig, maxAttempts: 1 });
    const bodies: Uint8Array[] = [];
    client.middlewareStack.add(
      (next) => (args) => {
        const body = objectProperty(args.request, 'body');
        if (body instanceof Uint8Array) bodies.push(body);
        return next(args);
      },
      { step: 'deserialize', name: 'keepsBodies' },
    );
    const exporter = new CloudWatchLogRecordExporter({
      client,
      logGroupName: 'group',
      logStreamName: 'stream',
      entity: ENTITY,
      retry: { initialBackoffMillis: 1, maxBackoffMillis: 1 },
    });
    for (let start = 0; start < records.length; start += 10) {
      exporter.export(records.slice(start, start + 10), () => {});
      await exporter.forceFlush();
    }
    await exporter.shutdown();
    client.destroy();
    expect(services.cloudWatchLogs.messages).toEqual(messagesOf(records));
    return bodies;
  }
  const messagesIn = (body: Uint8Array): string[] =>
    JSON.parse(Buffer.from(body).toString()).logEvents.map(
      ({ message }: { message: string }) => message,
    );
  const shortRecords = (): ReadableLogRecord[] =>
    Array.from({ length: 200 }, (_, index) => createLogRecord({ body: `"${index}"` }));

  it('is that of its records: others lie right behind, with nothing copied', async () => {
    const records = shortRecords();
    const bodies = await bodiesOf(records);
    expect(bodies).toHaveLength(20);
    const buffers = new Set(bodies.map(({ buffer }) => buffer));
    // Two slabs, and few copies where a request has a part in each.
    expect(buffers.size).toBeLessThan(8);
    const inPlace = bodies.filter(({ byteOffset }) => byteOffset > 0);
    expect(inPlace.length).toBeGreaterThan(15);
  });

  it('is as it was when it was sent, though others were written behind it', async () => {
    const records = shortRecords();
    const bodies = await bodiesOf(records);
    expect(bodies.flatMap(messagesIn)).toEqual(messagesOf(records));
    for (const body of bodies)
      expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({ entity: ENTITY });
  });

  it('is the same again for the next attempt', async () => {
    const records = Array.from({ length: 200 }, (_, index) =>
      createLogRecord({ body: `${index}"${'x'.repeat(2_500)}` }),
    );
    const attempts = Map.groupBy(await bodiesOf(records, 12), (body) => messagesIn(body).join());
    const repeated = [...attempts.values()].filter(({ length }) => length > 1);
    const inPlace = repeated.filter(([first]) => (first?.byteOffset ?? 0) > 0);
    expect(inPlace.length).toBeGreaterThan(0);
    for (const [first, ...again] of inPlace)
      for (const body of again) {
        expect(body.buffer === first?.buffer).toBe(true);
        expect(body.byteOffset).toBe(first?.byteOffset);
      }
    expect([...attempts.values()].flatMap(([body]) => (body ? messagesIn(body) : []))).toEqual(
      messagesOf(records),
    );
  });
});
