import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/decode-log-records.ts';
import { decodeStream } from '../../src/decode/decode-stream.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import { fitRecord } from '../../src/encode/fit-record.ts';
import { recordsOf } from './support/any-record.ts';
import { collect } from './support/collect.ts';

const encodings = ['json', 'msgpack', 'otlp-json'] as const;

describe.each(encodings)('decode and %s', (name) => {
  const encoder = createEncoder(name);
  const delimiter = encoder.isText ? Buffer.from('\n') : Buffer.alloc(0);
  const join = (pieces: readonly (string | Uint8Array)[]): Buffer =>
    Buffer.concat(pieces.flatMap((piece) => [Buffer.from(piece as Uint8Array), delimiter]));

  it('gives back every record field by field', () => {
    fc.assert(
      fc.property(fc.array(recordsOf(name), { minLength: 1, maxLength: 4 }), (records) => {
        const bytes = join(records.map((record) => encoder.encode(record)));
        expect(decodeLogRecords(bytes, { encoding: name })).toEqual(records);
        expect(decodeLogRecords(bytes)).toEqual(records);
      }),
      { numRuns: 400 },
    );
  });

  it('gives back split records, their parts in any order', () => {
    const shuffledParts = recordsOf(name).chain((record) => {
      const long = { ...record, body: 'añ€😀"\n'.repeat(800) } as typeof record;
      const maxBytes = 4_000;
      const parts =
        fitRecord(long, encoder, { maxBytes, mode: 'split', createId: () => 'id' }) ?? [];
      return fc.tuple(
        fc.constant(long),
        fc.shuffledSubarray(parts, { minLength: parts.length, maxLength: parts.length }),
      );
    });
    fc.assert(
      fc.property(shuffledParts, ([record, parts]) => {
        fc.pre(parts.length > 1);
        const [decoded, ...others] = decodeLogRecords(join(parts));
        expect(others).toEqual([]);
        expect(decoded?.body).toBe(record.body);
        expect(decoded?.hrTime).toEqual(record.hrTime);
        expect(decoded?.part).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('gives the same from a stream, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(recordsOf(name), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }),
        async (records, sizes) => {
          const bytes = join(records.map((record) => encoder.encode(record)));
          const decoded = await collect(decodeStream(cut(bytes, sizes)));
          expect(decoded).toEqual(records);
        },
      ),
      { numRuns: 100 },
    );
  });
});

async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (let turn = 0; start < bytes.length; turn++) {
    const end = start + (sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(start, end);
    start = end;
  }
}
