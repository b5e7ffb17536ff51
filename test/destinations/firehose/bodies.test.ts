import { gunzipSync } from 'node:zlib';
import { createLogRecord } from 'collectorless/testing';
import { describe, expect, it, vi } from 'vitest';
import { records, uidsOf, withAws } from '../aws/support/aws-run.ts';

const texts = ['one', 'two', 'three'];
const sent = (bodies: readonly string[] = texts) => bodies.map((body) => createLogRecord({ body }));

describe('what Firehose stores', () => {
  it.each<[string, object, string[]]>([
    ['a line of each record', {}, ['one\n', 'two\n', 'three\n']],
    ['another delimiter', { delimiter: '\r\n' }, ['one\r\n', 'two\r\n', 'three\r\n']],
    ['a delimiter of several bytes', { delimiter: '␞' }, ['one␞', 'two␞', 'three␞']],
    ['no delimiter', { delimiter: '' }, ['one', 'two', 'three']],
    ['lines', { aggregation: 'lines' }, ['one\ntwo\nthree\n']],
    ['lines without delimiter', { aggregation: 'lines', delimiter: '' }, ['onetwothree']],
  ])('is %s', async (_what, options, expected) => {
    await withAws('firehose', { encoding: 'body', ...options }, async ({ send, services }) => {
      expect(await send(sent())).toBe(0);
      expect(services.firehose.records.map(({ data }) => data.toString())).toEqual(expected);
    });
  });

  it.each(['json', 'otlp-json', 'distlog-json'])('is one line a record as %s', async (encoding) => {
    await withAws('firehose', { encoding }, async ({ send, services }) => {
      expect(await send(sent(['one\ntwo', 'three\r\nfour']))).toBe(0);
      expect(services.firehose.lines).toHaveLength(2);
      for (const line of services.firehose.lines) expect(() => JSON.parse(line)).not.toThrow();
    });
  });

  it('is MessagePack without a delimiter', async () => {
    await withAws('firehose', { encoding: 'msgpack' }, async ({ send, services }) => {
      expect(await send(records(2))).toBe(0);
      for (const { data } of services.firehose.records) expect(data.at(-1)).not.toBe(0x0a);
    });
  });

  it('is nothing at all of an empty body without delimiter, which Firehose takes', async () => {
    const options = { encoding: 'body', delimiter: '' };
    await withAws('firehose', options, async ({ send, services }) => {
      expect(await send(sent(['', 'x']))).toBe(0);
      expect(services.firehose.records.map(({ data }) => data.toString())).toEqual(['', 'x']);
    });
  });
});

it('records that come one after the other become base64 together, and not one by one', async () => {
  await withAws('firehose', {}, async ({ send, uids }) => {
    const many = records(400);
    const encode = vi.spyOn(Buffer.prototype as Buffer & { base64Slice(): string }, 'base64Slice');
    expect(await send(many)).toBe(0);
    const { length } = encode.mock.calls;
    encode.mockRestore();
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(many.length / 4);
    expect(uids()).toEqual(uidsOf(many));
  });
});

describe('lines in a Firehose record', () => {
  const lines = { aggregation: 'lines' };

  it('are at most 500, so that Firehose takes them apart', async () => {
    await withAws('firehose', lines, async ({ calls, send, services, uids }) => {
      const many = records(2_300);
      expect(await send(many)).toBe(0);
      const { recordsNotTakenApart, records: stored } = services.firehose;
      expect(recordsNotTakenApart).toEqual([]);
      const counts = stored.map(({ data }) => data.toString().split('\n').length - 1);
      expect(counts).toEqual([500, 500, 500, 500, 300]);
      expect(calls().map(({ entries }) => entries)).toEqual([5]);
      expect(uids()).toEqual(uidsOf(many));
    });
  });

  it('fill the 1,024,000 bytes', async () => {
    await withAws('firehose', lines, async ({ send, services }) => {
      const many = records(1_200, { body: 'x'.repeat(9_700) });
      expect(await send(many)).toBe(0);
      const sizes = services.firehose.records.map(({ data }) => data.length);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(1_024_000);
      expect(sizes.filter((size) => size < 1_000_000).length).toBeLessThanOrEqual(4);
    });
  });

  it('cost a tenth of what single records cost', async () => {
    let single = 0;
    await withAws('firehose', {}, async ({ send, services }) => {
      expect(await send(records(1_000))).toBe(0);
      single = services.firehose.billedBytes;
    });
    await withAws('firehose', lines, async ({ send, services }) => {
      expect(await send(records(1_000))).toBe(0);
      expect(services.firehose.billedBytes).toBeLessThan(single / 10);
    });
  });

  it('are gzip members that can be read one by one and joined', async () => {
    const options = { ...lines, compression: 'gzip', encoding: 'body' };
    await withAws('firehose', options, async ({ send, services }) => {
      const bodies = Array.from({ length: 1_200 }, (_, index) => `line ${index}`);
      expect(await send(sent(bodies))).toBe(0);
      const stored = services.firehose.records.map(({ data }) => data);
      expect(stored).toHaveLength(3);
      expect(stored.every((data) => data.readUInt16BE(0) === 0x1f8b)).toBe(true);
      const whole = bodies.map((body) => `${body}\n`).join('');
      expect(stored.map((data) => gunzipSync(data).toString()).join('')).toBe(whole);
      expect(gunzipSync(Buffer.concat(stored)).toString()).toBe(whole);
    });
  });

  it('that fail are sent again with all their records', async () => {
    await withAws('firehose', lines, async ({ calls, send, services, uids }) => {
      services.setFaults([{ kind: 'partial-failure', times: 1, entries: [1] }]);
      const many = records(1_500);
      expect(await send(many)).toBe(0);
      expect(calls().map(({ entries }) => entries)).toEqual([3, 1]);
      expect(uids().toSorted()).toEqual(uidsOf(many).toSorted());
    });
  });
});
