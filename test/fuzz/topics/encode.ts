import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeLogRecords } from '../../../src/decode/index.ts';
import { createEncoder } from '../../../src/encode/encoders.ts';
import type { EncodingName } from '../../../src/encode/encodings.ts';
import { fitRecord } from '../../../src/encode/fit-record.ts';
import { recordsOf } from '../../decode/support/any-record.ts';
import { plainValue } from '../../encode/support/hostile-values.ts';
import { assertSame } from '../support/assert-same.ts';
import { checkEncoded } from '../support/check-encoded.ts';
import { type FuzzLaw, law } from '../support/fuzz-law.ts';
import { hostileRecipe } from '../support/hostile-records.ts';

const documents = ['json', 'msgpack', 'otlp-json', 'distlog-json'] as const;
const all = [...documents, 'body'] as const;
const lossless = ['json', 'msgpack', 'otlp-json'] as const;

export const encodeLaws: readonly FuzzLaw[] = [
  ...all.map((encoding) =>
    law(
      `${encoding}: whatever a record holds, it becomes one valid document, twice the same`,
      200,
      fc.property(hostileRecipe, (make) => {
        const encoder = createEncoder(encoding);
        const record = make();
        const encoded = Buffer.from(encoder.encode(record) as Uint8Array);
        checkEncoded(encoding, encoded);
        assert.deepEqual(Buffer.from(encoder.encode(record) as Uint8Array), encoded);
      }),
    ),
  ),
  ...documents.map((encoding) =>
    law(
      `${encoding}: hostile records do no harm to each other, and decode reads them all`,
      60,
      fc.property(fc.array(hostileRecipe, { minLength: 1, maxLength: 5 }), (recipes) => {
        const bytes = joined(
          encoding,
          recipes.map((make) => encodedBy(encoding, make())),
        );
        const errors: unknown[] = [];
        const decoded = decodeLogRecords(bytes, {
          encoding,
          onError: ({ error }) => errors.push(error),
        });
        assert.deepEqual(errors, []);
        assert.equal(decoded.length, recipes.length);
      }),
    ),
  ),
  ...lossless.map((encoding) =>
    law(
      `${encoding}: a well-formed record comes back as it was`,
      150,
      fc.property(recordsOf(encoding), (record) => {
        assertSame(decodeLogRecords(encodedBy(encoding, record), { encoding }), [record]);
      }),
    ),
  ),
  ...all.map((encoding) =>
    law(
      `${encoding}: a hostile record that is cut is valid and within its bytes, and fits in more bytes too`,
      80,
      fc.property(
        hostileRecipe,
        fc.integer({ min: 1, max: 3_000 }),
        fc.nat(3_000),
        fc.constantFrom('truncate' as const, 'split' as const),
        (make, maxBytes, moreBytes, mode) => {
          const encoder = createEncoder(encoding);
          const piecesWithin = (limit: number): Uint8Array[] | undefined =>
            fitRecord(make(), encoder, { maxBytes: limit, mode, createId: () => 'id' });
          const pieces = piecesWithin(maxBytes);
          for (const piece of pieces ?? []) {
            assert.ok(piece.length <= maxBytes);
            checkEncoded(encoding, piece);
          }
          if (pieces !== undefined) assert.notEqual(piecesWithin(maxBytes + moreBytes), undefined);
        },
      ),
    ),
  ),
  ...lossless.map((encoding) =>
    law(
      `${encoding}: the parts of a split record join to what it was`,
      60,
      fc.property(
        // Of a value that is no text, JSON is what is sliced: what JSON has no place for becomes text.
        recordsOf('json'),
        fc.string({ unit: 'binary', minLength: 200, maxLength: 4_000 }),
        plainValue,
        fc.integer({ min: 600, max: 4_000 }),
        (record, text, value, maxBytes) => {
          const long = {
            ...record,
            body: text,
            attributes: { ...record.attributes, long: [value, text] },
          } as typeof record;
          const encoder = createEncoder(encoding);
          const whole = decodeLogRecords(encodedBy(encoding, long), { encoding });
          const parts = fitRecord(long, encoder, { maxBytes, mode: 'split', createId: () => 'id' });
          fc.pre(parts !== undefined && parts.length > 1);
          assertSame(decodeLogRecords(joined(encoding, parts ?? []), { encoding }), whole);
        },
      ),
    ),
  ),
];

function encodedBy(encoding: EncodingName, record: Parameters<typeof fitRecord>[0]): Uint8Array {
  return Buffer.from(createEncoder(encoding).encode(record) as Uint8Array);
}

function joined(encoding: EncodingName, pieces: readonly Uint8Array[]): Buffer {
  const delimiter = Buffer.from(encoding === 'msgpack' ? '' : '\n');
  return Buffer.concat(pieces.flatMap((piece) => [piece, delimiter]));
}
