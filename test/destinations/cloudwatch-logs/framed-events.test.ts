import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { createLogRecord, type Fault } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import { jsonEncoder } from '../../../src/encode/json-encoder.ts';
import { objectProperty } from '../../../src/object-property.ts';
import { recordAt, withAws } from '../aws/support/aws-run.ts';

const PUT = 'PutLogEvents';
const encoder = jsonEncoder();
const messagesOf = (records: readonly ReadableLogRecord[]): string[] =>
  records.map((record) => Buffer.from(encoder.encode(record)).toString());
/** Fills the small first piece of memory: what comes behind lies with its frame. */
const first = (): ReadableLogRecord[] => [createLogRecord({ body: 'x'.repeat(9_000) })];
const quoted = (count: number, millis: (index: number) => number): ReadableLogRecord[] =>
  Array.from({ length: count }, (_, index) => recordAt(millis(index), `"${index}\n"`));

describe('events that lie in memory with their frames', () => {
  it('are sent in chronological order, equal times in the order they came', async () => {
    await withAws('cloudwatch-logs', {}, async ({ send, services }) => {
      const now = Date.now();
      await send(first());
      const records = quoted(500, (index) => now - ((index * 7919) % 50));
      expect(await send(records)).toBe(0);
      const inOrder = records
        .map((record, index) => ({ record, index, delay: (index * 7919) % 50 }))
        .toSorted((a, b) => b.delay - a.delay || a.index - b.index);
      const sent = services.cloudWatchLogs.events.slice(1);
      expect(sent.map(({ message }) => message)).toEqual(
        messagesOf(inOrder.map(({ record }) => record)),
      );
      expect(sent.map(({ timestamp }) => timestamp)).toEqual(
        inOrder.map(({ delay }) => now - delay),
      );
    });
  });

  it('arrive once each when a call with them is refused and goes in halves', async () => {
    await withAws('cloudwatch-logs', {}, async ({ calls, drops, send, services }) => {
      await send(first());
      const records = Array.from({ length: 64 }, (_, index) =>
        recordAt(Date.now(), index === 13 ? 'poison' : `"${index}"`),
      );
      const isPoisoned = (input: unknown): boolean => JSON.stringify(input).includes('poison');
      const poison: Fault = {
        kind: 'error',
        operation: PUT,
        name: 'InvalidParameterException',
        match: ({ input }) => isPoisoned(input),
      };
      services.setFaults([poison]);
      expect(await send(records)).toBe(1);
      const expected = messagesOf(records).filter((_, index) => index !== 13);
      expect(services.cloudWatchLogs.messages.slice(1).toSorted()).toEqual(expected.toSorted());
      expect(drops.map(({ count }) => count)).toEqual([1]);
      expect(calls().length).toBeGreaterThan(6);
    });
  });

  it('are handed back without their frames while a call with them is under way', async () => {
    await withAws('cloudwatch-logs', {}, async ({ calls, exporter, send, services }) => {
      await send(first());
      services.setFaults([{ kind: 'hang', operation: PUT }]);
      const records = quoted(100, () => Date.now());
      const sending = send(records);
      await expect.poll(() => calls().length).toBe(2);
      const { entries } = exporter.takeBack();
      const texts = entries.map((bytes) => Buffer.from(bytes).toString());
      expect(texts).toEqual(messagesOf(records));
      expect(await sending).toBe(1);
    });
  });

  it('keep their order and text beside parts of records that were split', async () => {
    const options = { maxEventBytes: 3_000, oversize: 'split' };
    await withAws('cloudwatch-logs', options, async ({ send, services }) => {
      const records = Array.from({ length: 120 }, (_, index) =>
        recordAt(Date.now(), `${index}"${'\n'.repeat(index % 5 === 4 ? 4_000 : index)}`),
      );
      expect(await send(records)).toBe(0);
      const messages = new Set(services.cloudWatchLogs.messages);
      messagesOf(records).forEach((message, index) => {
        expect(messages.has(message)).toBe(index % 5 !== 4);
      });
      expect(services.cloudWatchLogs.events.length).toBeGreaterThan(120 + 24);
      for (const message of messages) expect(() => JSON.parse(message)).not.toThrow();
    });
  });

  it('reach each their own target, of many in turns and with little memory', async () => {
    const options = { logStreamName: '{attributes.stream}', maxBufferedBytes: 1_048_576 };
    await withAws('cloudwatch-logs', options, async ({ send, services }) => {
      const records = Array.from({ length: 2_000 }, (_, index) =>
        createLogRecord({ body: `"${index}"`, attributes: { stream: `s${index % 9}` } }),
      );
      for (let start = 0; start < records.length; start += 250)
        expect(await send(records.slice(start, start + 250))).toBe(0);
      const { events } = services.cloudWatchLogs;
      const expected = messagesOf(records);
      for (let stream = 0; stream < 9; stream += 1) {
        const own = events.filter(({ logStreamName }) => logStreamName === `s${stream}`);
        expect(own.map(({ message }) => message).toSorted()).toEqual(
          expected.filter((_, index) => index % 9 === stream).toSorted(),
        );
      }
    });
  });

  it.each(['body', 'otlp-json'])('are whole in the encoding %s too', async (encoding) => {
    await withAws('cloudwatch-logs', { encoding }, async ({ send, services }) => {
      const records = quoted(300, () => Date.now());
      expect(await send(records)).toBe(0);
      const bodies = services.cloudWatchLogs.messages.map((message) =>
        encoding === 'body' ? message : JSON.stringify(JSON.parse(message)),
      );
      records.forEach(({ body }, index) => {
        const text = encoding === 'body' ? String(body) : JSON.stringify(body);
        expect(bodies[index]).toContain(text);
      });
    });
  });

  it('arrive whole beside those that are dropped, and what the exporter says of these', async () => {
    await withAws('cloudwatch-logs', { maxEventBytes: 1_000, oversize: 'drop' }, async (run) => {
      const records = Array.from({ length: 60 }, (_, index) =>
        recordAt(Date.now(), `"${index}${'x'.repeat(index % 4 === 3 ? 2_000 : 0)}"`),
      );
      await run.send(records);
      await run.send(quoted(20, () => Date.now()));
      const { messages } = run.services.cloudWatchLogs;
      for (const message of messages)
        expect(objectProperty(JSON.parse(message), 'body')).toBeDefined();
      const kept = messagesOf(records).filter((_, index) => index % 4 !== 3);
      for (const message of kept)
        expect(messages.filter((text) => text === message)).toHaveLength(1);
    });
  });
});
