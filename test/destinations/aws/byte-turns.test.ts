import { webcrypto } from 'node:crypto';
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { KinesisLogRecordExporter } from 'collectorless/kinesis';
import { createLogRecord, type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BYTES_A_TURN, ByteTurns } from '../../../src/destinations/aws/byte-turns.ts';
import { JsonBody } from '../../../src/destinations/aws/json-body.ts';
import { createFirehoseDestination } from '../../../src/destinations/firehose/firehose-destination.ts';

const RECORD_BYTES = 10_000;
const RECORDS = 350;
const EXPORTERS: Readonly<Record<string, (services: LocalServices) => LogRecordExporter>> = {
  Firehose: ({ clientConfig }) =>
    new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      acknowledge: 'delivered',
      clientConfig,
    }),
  'Firehose, lines': ({ clientConfig }) =>
    new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      aggregation: 'lines',
      acknowledge: 'delivered',
      clientConfig,
    }),
  Kinesis: ({ clientConfig }) =>
    new KinesisLogRecordExporter({ streamName: 'logs', acknowledge: 'delivered', clientConfig }),
};

afterEach(() => {
  vi.restoreAllMocks();
});

async function exportRecords(name: string, count: number): Promise<number> {
  await using services = await startLocalServices();
  const exporter = EXPORTERS[name]?.(services);
  const records = Array.from({ length: count }, () =>
    createLogRecord({ body: 'x'.repeat(RECORD_BYTES) }),
  );
  const code = await new Promise((resolve) => {
    exporter?.export(records, (result) => resolve(result.code));
  });
  await exporter?.shutdown();
  expect(code).toBe(0);
  const { firehose, kinesis } = services;
  return firehose.lines.length + kinesis.decoded.length;
}

/** Of one body, how much is written as base64 in each turn of the event loop; each piece by itself. */
function watchTurns(): Map<number, number[]> {
  let turn = 0;
  const written = new Map<number, number[]>();
  const write = JsonBody.prototype.base64;
  vi.spyOn(JsonBody.prototype, 'base64').mockImplementation(function (this: JsonBody, ...args) {
    const [bytes, start = 0, end = bytes.length] = args;
    if (!written.has(turn)) {
      written.set(turn, []);
      setImmediate(() => {
        turn += 1;
      });
    }
    written.get(turn)?.push(end - start);
    return write.apply(this, args);
  });
  return written;
}

it.each(Object.keys(EXPORTERS))(
  '%s: a large body is made in several turns of the event loop, none of them for more than a mebibyte',
  async (name) => {
    // A turn that takes long has room for more: here all of them take no time.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    const written = watchTurns();
    expect(await exportRecords(name, RECORDS)).toBe(RECORDS);
    const turns = [...written.values()];
    const bytes = turns.flat().reduce((sum, length) => sum + length, 0);
    expect(bytes).toBeGreaterThan(RECORDS * RECORD_BYTES);
    expect(turns.length).toBeGreaterThanOrEqual(3);
    for (const pieces of turns) {
      expect(pieces.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(BYTES_A_TURN);
    }
  },
);

it.each(Object.keys(EXPORTERS))(
  '%s: a large body is done before the next one begins, though both may go at once',
  async (name) => {
    const count = RECORDS * 4;
    const written: JsonBody[] = [];
    const write = JsonBody.prototype.base64;
    vi.spyOn(JsonBody.prototype, 'base64').mockImplementation(function (this: JsonBody, ...args) {
      written.push(this);
      return write.apply(this, args);
    });
    expect(await exportRecords(name, count)).toBe(count);
    const inOrder = written.filter((body, index) => body !== written[index - 1]);
    expect(inOrder.length).toBeGreaterThan(1);
    expect(inOrder).toHaveLength(new Set(written).size);
  },
);

it('the hash of a large body does not wait for all others that are to be made', async () => {
  await using services = await startLocalServices();
  const { clientConfig } = services;
  const destination = createFirehoseDestination({ deliveryStreamName: 'logs', clientConfig });
  const seen: (JsonBody | 'hash')[] = [];
  const write = JsonBody.prototype.base64;
  vi.spyOn(JsonBody.prototype, 'base64').mockImplementation(function (this: JsonBody, ...args) {
    seen.push(this);
    return write.apply(this, args);
  });
  const { digest } = webcrypto.subtle;
  vi.spyOn(webcrypto.subtle, 'digest').mockImplementation((...args) => {
    seen.push('hash');
    return Reflect.apply(digest, webcrypto.subtle, args);
  });
  const target = { key: 'one', names: { deliveryStreamName: 'logs' } };
  const entry = {
    recordCount: 1,
    timeMillis: Date.now(),
    sequence: 1,
    bytes: Buffer.alloc(900_000),
  };
  const { signal } = new AbortController();
  const send = () => destination.send({ target, entries: [entry, entry, entry] }, { signal });
  // The first call goes through all of the SDK, which takes its time.
  await send();
  seen.length = 0;
  await Promise.all(Array.from({ length: 6 }, send));
  await destination.close?.();
  const bodies = [...new Set(seen)].filter((one) => one !== 'hash');
  expect(bodies).toHaveLength(6);
  expect(seen.indexOf('hash')).toBeLessThan(seen.indexOf(bodies.at(-1) ?? 'hash'));
});

describe('turns', () => {
  const { signal } = new AbortController();
  const turnsAfter = (...waitedMillis: number[]): ByteTurns => {
    const [first = 0, ...others] = waitedMillis;
    return new ByteTurns(signal, first, () => Promise.resolve(others.shift() ?? 0));
  };

  it('have room for a mebibyte together, and for it again after the next one', async () => {
    const turns = turnsAfter(1, 1);
    for (let turn = 0; turn < 2; turn += 1) {
      expect(turns.hasRoomFor(BYTES_A_TURN - 1)).toBe(true);
      turns.add(BYTES_A_TURN - 1);
      expect(turns.hasRoomFor(1)).toBe(true);
      expect(turns.hasRoomFor(2)).toBe(false);
      await turns.next();
    }
  });

  it('have room for a piece that is larger, but for nothing else beside it', () => {
    const turns = turnsAfter(1);
    expect(turns.hasRoomFor(BYTES_A_TURN * 10)).toBe(true);
    turns.add(BYTES_A_TURN * 10);
    expect(turns.hasRoomFor(1)).toBe(false);
  });

  it('have room for more where the turns of the application take long', async () => {
    const turns = turnsAfter(100, 20);
    turns.add(1);
    expect(turns.hasRoomFor(BYTES_A_TURN * 12)).toBe(true);
    expect(turns.hasRoomFor(BYTES_A_TURN * 13)).toBe(false);
    await turns.next();
    turns.add(1);
    expect(turns.hasRoomFor(BYTES_A_TURN * 2)).toBe(true);
    expect(turns.hasRoomFor(BYTES_A_TURN * 3)).toBe(false);
  });

  it('end with the attempt', async () => {
    const attempt = new AbortController();
    const turns = new ByteTurns(attempt.signal, 1, () => Promise.resolve(1));
    await turns.next();
    attempt.abort(new Error('timed out'));
    await expect(turns.next()).rejects.toThrow('timed out');
  });
});
