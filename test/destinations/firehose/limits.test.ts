import { randomBytes } from 'node:crypto';
import { createLogRecord } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RunOptions, records, uidsOf, withAws } from '../aws/support/aws-run.ts';

const KIB_1000 = 1_024_000;
const bytes = (options: RunOptions = {}): RunOptions => ({
  encoding: {
    name: 'bytes',
    contentType: 'application/octet-stream',
    isText: false,
    encode: ({ body }: { body: unknown }) => body,
  },
  ...options,
});
const random = (byteCount: number) => createLogRecord({ body: randomBytes(byteCount) });

describe('a call to Firehose', () => {
  it('holds at most 500 records, and is full when there are more', async () => {
    await withAws('firehose', {}, async ({ calls, send, uids }) => {
      const sent = records(1_001);
      expect(await send(sent)).toBe(0);
      expect(calls().map(({ entries }) => entries)).toEqual([500, 500, 1]);
      expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
    });
  });

  it('holds at most 4,000,000 bytes, or the 4 MiB that are asked for', async () => {
    for (const [maxRequestBytes, expected] of [
      [undefined, [3, 3, 3, 1]],
      [4 * 1024 * 1024, [4, 4, 2]],
    ] as const) {
      await withAws('firehose', bytes({ maxRequestBytes }), async ({ calls, send }) => {
        expect(await send(Array.from({ length: 10 }, () => random(KIB_1000)))).toBe(0);
        expect(calls().map(({ entries }) => entries)).toEqual(expected);
      });
    }
  });

  it('takes a record of exactly 1,024,000 bytes, its delimiter counted, and no larger one', async () => {
    const options = { encoding: 'body', oversize: 'drop' };
    await withAws('firehose', options, async ({ drops, send, services }) => {
      const sizes = [KIB_1000 - 2, KIB_1000 - 1, KIB_1000];
      expect(await send(sizes.map((size) => createLogRecord({ body: 'x'.repeat(size) })))).toBe(1);
      const stored = services.firehose.records.map(({ data }) => data.length);
      expect(stored).toEqual([KIB_1000 - 1, KIB_1000]);
      expect(drops).toMatchObject([{ reason: 'too_large', count: 1 }]);
    });
  });

  it('counts UTF-8 bytes, not characters', async () => {
    await withAws('firehose', { encoding: 'body' }, async ({ send, services }) => {
      expect(await send([createLogRecord({ body: '€'.repeat(400_000) })])).toBe(0);
      const [record] = services.firehose.records;
      expect(record?.data.length).toBeLessThanOrEqual(KIB_1000);
      expect(record?.data.length).toBeGreaterThan(KIB_1000 - 100);
      expect(record?.data.toString()).not.toContain('\ufffd');
    });
  });

  it.each(['truncate', 'split'] as const)(
    'gets valid JSON of a record that is too large (%s)',
    async (oversize) => {
      await withAws('firehose', { oversize }, async ({ send, services }) => {
        const neighbours = records(2);
        const large = createLogRecord({ body: 'é"\\'.repeat(500_000) });
        expect(await send([...neighbours, large])).toBe(0);
        expect(services.firehose.lines.length).toBeGreaterThanOrEqual(3);
        for (const line of services.firehose.lines) expect(() => JSON.parse(line)).not.toThrow();
      });
    },
  );

  it('obeys every limit, whatever sizes come and whatever form they take', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.nat(200), fc.nat(60_000), fc.nat(KIB_1000)), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.constantFrom(
          {},
          { aggregation: 'lines' },
          { aggregation: 'lines', compression: 'gzip' },
        ),
        fc.constantFrom(undefined, 2048, 100_000),
        fc.constantFrom(undefined, 4 * 1024 * 1024),
        async (sizes, form, maxRecordBytes, maxRequestBytes) => {
          const options = bytes({ ...form, maxRecordBytes, maxRequestBytes });
          // That no rule was broken is seen at the end of each run.
          await withAws('firehose', options, async ({ drops, send, services }) => {
            await send(sizes.map(random));
            const lost = drops.reduce((sum, { count }) => sum + count, 0);
            expect(drops.every(({ reason }) => reason === 'too_large')).toBe(true);
            expect(lost === sizes.length || services.firehose.recordCount > 0).toBe(true);
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('keeps below 4 MiB though gzip makes random bytes larger', async () => {
    const options = bytes({
      aggregation: 'lines',
      compression: 'gzip',
      maxRequestBytes: 4 * 1024 * 1024,
    });
    await withAws('firehose', options, async ({ calls, send, services }) => {
      const sent = Array.from({ length: 8 }, () => random(KIB_1000 - 1024));
      // Together exactly 4 MiB before they are compressed.
      const rest = random(4 * 1024 * 1024 - 4 * (KIB_1000 - 1024));
      expect(await send([...sent.slice(0, 4), rest, ...sent.slice(4)])).toBe(0);
      expect(services.firehose.recordCount).toBe(9);
      expect(calls().every(({ status }) => status === 200)).toBe(true);
    });
  });
});
