import { randomBytes } from 'node:crypto';
import { createLogRecord } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { records, uidsOf } from '../aws/support/aws-run.ts';
import { type RunOptions, withKinesis } from './support/with-kinesis.ts';

const MIB = 1_048_576;
/** Of a key that spreads: 12 digits of the exporter, 11 of the record. */
const KEY_BYTES = 23;

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

describe('a call to Kinesis', () => {
  it('holds at most 500 records, and is full when there are more', async () => {
    await withKinesis({}, async ({ calls, send, uids }) => {
      const sent = records(1_001);
      expect(await send(sent)).toBe(0);
      expect(calls().map(({ entries }) => entries)).toEqual([500, 500, 1]);
      expect(uids().toSorted()).toEqual(uidsOf(sent).toSorted());
    });
  });

  it('holds at most 5,000,000 bytes with the keys, or what is asked for', async () => {
    for (const [maxRequestBytes, expected] of [
      [undefined, [4, 4, 2]],
      [5 * MIB, [5, 5]],
    ] as const) {
      await withKinesis(bytes({ maxRequestBytes }), async ({ calls, send }) => {
        expect(await send(Array.from({ length: 10 }, () => random(MIB - KEY_BYTES)))).toBe(0);
        expect(calls().map(({ entries }) => entries)).toEqual(expected);
      });
    }
  });

  it('takes a record of exactly 1 MiB, its key counted, and no larger one', async () => {
    await withKinesis(bytes({ oversize: 'drop' }), async ({ drops, send, services }) => {
      expect(await send([random(MIB - KEY_BYTES), random(MIB - KEY_BYTES + 1)])).toBe(1);
      expect(services.kinesis.byteCount).toBe(MIB);
      expect(drops).toMatchObject([{ reason: 'too_large', count: 1 }]);
    });
  });

  it('takes a record of 10 MiB when the stream does', async () => {
    const options = bytes({ maxRecordBytes: 10 * MIB });
    await withKinesis(
      options,
      async ({ send, services }) => {
        expect(await send([random(10 * MIB - KEY_BYTES), random(5)])).toBe(0);
        expect(services.kinesis.recordCount).toBe(2);
      },
      { kinesis: { maxRecordBytes: 10 * MIB } },
    );
  });

  it('fills records with lines up to 250,000 bytes, and compressed ones up to 1 MiB', async () => {
    const sent = Array.from({ length: 40 }, () => createLogRecord({ body: 'x'.repeat(20_000) }));
    for (const [compression, recordCount] of [
      ['none', 4],
      ['gzip', 1],
    ] as const) {
      const options = { aggregation: 'lines', encoding: 'body', compression };
      await withKinesis(options, async ({ send, services }) => {
        expect(await send(sent)).toBe(0);
        expect(services.kinesis.recordCount).toBe(recordCount);
        expect(services.kinesis.byteCount).toBeLessThan(recordCount * 250_000);
      });
    }
  });

  it('leaves room for what gzip adds to bytes that do not compress', async () => {
    const options = bytes({ aggregation: 'lines', compression: 'gzip', oversize: 'drop' });
    await withKinesis(options, async ({ drops, send, services }) => {
      const growthBytes = 64 + 5 * 65;
      const fitting = MIB - KEY_BYTES - growthBytes;
      expect(await send([random(fitting), random(fitting + 1)])).toBe(1);
      expect(drops).toMatchObject([{ reason: 'too_large', count: 1 }]);
      expect(services.kinesis.byteCount).toBeGreaterThan(fitting + KEY_BYTES);
    });
  });

  it.each(['truncate', 'split'] as const)(
    'gets valid JSON of a record that is too large (%s)',
    async (oversize) => {
      await withKinesis({ oversize, maxRecordBytes: 4096 }, async ({ send, services }) => {
        const large = createLogRecord({ body: 'é"\\'.repeat(5_000) });
        expect(await send([...records(2), large])).toBe(0);
        for (const { data } of services.kinesis.records) {
          expect(() => JSON.parse(data.toString())).not.toThrow();
        }
      });
    },
  );

  it('obeys every limit, whatever sizes come and whatever form they take', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.nat(200), fc.nat(60_000), fc.nat(MIB)), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.constantFrom(
          {},
          { aggregation: 'lines' },
          { aggregation: 'lines', compression: 'gzip' },
        ),
        fc.constantFrom(undefined, 4096, 100_000),
        fc.constantFrom(undefined, 5 * MIB),
        fc.constantFrom(undefined, '€'.repeat(256), '{attributes.key}'),
        async (sizes, form, maxRecordBytes, maxRequestBytes, partitionKey) => {
          const options = bytes({ ...form, maxRecordBytes, maxRequestBytes, partitionKey });
          // That no rule was broken is seen at the end of each run.
          await withKinesis(options, async ({ drops, send, services }) => {
            const sent = sizes.map((size) =>
              createLogRecord({
                body: randomBytes(size),
                attributes: { key: '€'.repeat(size % 3 === 0 ? 400 : 7) },
              }),
            );
            await send(sent);
            const lost = drops.reduce((sum, { count }) => sum + count, 0);
            expect(drops.every(({ reason }) => reason === 'too_large')).toBe(true);
            expect(lost === sizes.length || services.kinesis.recordCount > 0).toBe(true);
          });
        },
      ),
      { numRuns: 25 },
    );
  });
});
