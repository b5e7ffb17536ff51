import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { createEncoder } from '../../../src/encode/encoders.ts';
import type { EncodingName } from '../../../src/encode/encodings.ts';
import { fitRecord } from '../../../src/encode/fit-record.ts';
import { recordsOf } from '../../decode/support/any-record.ts';

export const encodingName: fc.Arbitrary<EncodingName> = fc.constantFrom(
  'json',
  'msgpack',
  'otlp-json',
  'distlog-json',
  'body',
);

/** Some records in one encoding, with nothing or a newline between them, or as an array or a form. */
export const plainBytes: fc.Arbitrary<Buffer> = encodingName.chain((encoding) =>
  fc
    .tuple(
      fc.array(recordsOf('json'), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('\n', '\r\n', '', ','),
      fc.constantFrom('', 'array', 'form', 'parts'),
    )
    .map(([records, delimiter, framing]) => {
      const encoder = createEncoder(encoding);
      const pieces = records.flatMap((record) => {
        const whole = Buffer.from(encoder.encode(record) as Uint8Array);
        if (framing !== 'parts') return [whole];
        const options = { maxBytes: 700, mode: 'split', createId: () => 'id' } as const;
        return fitRecord(record, encoder, options) ?? [whole];
      });
      if (framing === 'array') return Buffer.from(`[${pieces.join()}]`);
      if (framing === 'form') {
        return Buffer.from(
          pieces.map((piece) => `body=${encodeURIComponent(String(piece))}`).join('\n'),
        );
      }
      const between = Buffer.from(encoding === 'msgpack' ? '' : delimiter);
      return Buffer.concat(pieces.flatMap((piece) => [piece, between]));
    }),
);

const wraps: readonly ((bytes: Buffer) => Buffer)[] = [
  (bytes) => bytes,
  (bytes) => gzipSync(bytes),
  (bytes) => zstdCompressSync(bytes),
  (bytes) => gzipSync(gzipSync(bytes)),
  (bytes) => Buffer.concat([gzipSync(bytes), gzipSync(bytes)]),
  (bytes) => Buffer.from(gzipSync(bytes).toString('base64')),
  (bytes) => Buffer.from(bytes.toString('base64')),
];

/** What any destination may hold, also compressed or as base64. */
export const storedBytes: fc.Arbitrary<Buffer> = fc
  .tuple(plainBytes, fc.constantFrom(...wraps))
  .map(([bytes, wrap]) => wrap(bytes));
