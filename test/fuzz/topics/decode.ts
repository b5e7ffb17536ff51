import assert from 'node:assert/strict';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { decodeLogRecords } from '../../../src/decode/index.ts';
import { createEncoder } from '../../../src/encode/encoders.ts';
import { recordsOf } from '../../decode/support/any-record.ts';
import { makeRecord } from '../../encode/support/records.ts';
import { cpuMillis } from '../../support/cpu-millis.ts';
import { assertSame } from '../support/assert-same.ts';
import { decodeAll, decodeCut } from '../support/decode-all.ts';
import { encodingName, plainBytes, storedBytes } from '../support/encoded-bytes.ts';
import { type FuzzLaw, law } from '../support/fuzz-law.ts';
import { mutated } from '../support/mutations.ts';

/** Far more than it takes, far less than what grows with the square. */
const MAX_CPU_MILLIS = 3_000;
const PATTERN_BYTES = 400_000;

const maybeEncoding = fc.option(encodingName, { nil: undefined });
const compression = fc.constantFrom(
  undefined,
  undefined,
  'none' as const,
  'gzip' as const,
  'zstd' as const,
);
const chunkSizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 });

/** What documents are made of. */
const token = fc.oneof(
  fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      '\n',
      '\r',
      ',',
      ':',
      '{"',
      '}{"',
      '\n{',
      '{}',
      '{"a":',
      'x',
      '1',
      'e',
      '\ufeff',
      '=',
      '&',
      '%',
      '{"resourceLogs":[',
      '{"body":',
      '{"part":{"id":"a","index":0,"count":9},',
    ].map((text) => Buffer.from(text)),
  ),
  fc.constantFrom(
    ...[
      '81',
      '8f',
      'a974696d657374616d70',
      '81a974696d657374616d70',
      'c1',
      'c0',
      '91',
      'dc0001',
      'de0001',
      'd6ff',
      '1f8b08',
      '1f8b0800000000000003',
      '28b52ffd',
      '1f8b080000000000000303000000000000000000',
    ].map((hex) => Buffer.from(hex, 'hex')),
  ),
  fc.uint8Array({ minLength: 1, maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
);
const pattern = fc
  .array(token, { minLength: 1, maxLength: 8 })
  .map((tokens) => Buffer.concat(tokens));

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  fc.array(token, { maxLength: 60 }).map((tokens) => Buffer.concat(tokens)),
  mutated(storedBytes),
  fc.tuple(mutated(storedBytes), mutated(storedBytes)).map((pieces) => Buffer.concat(pieces)),
);

export const decodeLaws: readonly FuzzLaw[] = [
  law(
    'any bytes give records or errors of the decoder, in time',
    400,
    fc.property(anyBytes, maybeEncoding, compression, (bytes, encoding, told) => {
      const options = {
        ...(encoding !== undefined && { encoding }),
        ...(told !== undefined && { compression: told }),
        maxDecompressedBytes: 1_000_000,
      };
      assert.ok(cpuMillis(() => decodeAll(bytes, options)) < MAX_CPU_MILLIS);
      try {
        decodeLogRecords(bytes, options);
      } catch (error) {
        assert.equal(Object(error).code, 'ERR_DECODE');
      }
    }),
  ),
  law(
    'damaged bytes give the same from a stream, however it is cut',
    150,
    fc.asyncProperty(
      mutated(plainBytes),
      // Untold, a stream has to tell by fewer bytes what they are.
      encodingName,
      chunkSizes,
      chunkSizes,
      async (bytes, encoding, one, other) => {
        const options = { encoding, compression: 'none' } as const;
        const decoded = await decodeCut(bytes, one, options);
        assertSame(await decodeCut(bytes, other, options), decoded);
      },
    ),
  ),
  law(
    'a stream of whole bytes gives what the bytes give',
    100,
    fc.asyncProperty(
      plainBytes,
      fc.constantFrom(gzipSync, zstdCompressSync, (bytes: Buffer) => bytes),
      // Untold, a stream has to tell by fewer bytes what they are.
      encodingName,
      chunkSizes,
      async (bytes, compress, encoding, sizes) => {
        const stored = compress(bytes);
        const isBase64 = /^[A-Za-z0-9+/=\s]*$/u.test(stored.toString('latin1'));
        fc.pre(!isBase64);
        assertSame(await decodeCut(stored, sizes, { encoding }), decodeAll(stored, { encoding }));
      },
    ),
  ),
  law(
    'a damaged stream of compressed bytes ends, with errors of the decoder alone',
    100,
    fc.asyncProperty(mutated(storedBytes), chunkSizes, compression, async (bytes, sizes, told) => {
      await decodeCut(bytes, sizes, told === undefined ? {} : { compression: told });
    }),
  ),
  law(
    'lines beside a damaged one survive',
    200,
    fc.property(
      fc.array(recordsOf('json'), { minLength: 1, maxLength: 3 }),
      fc.array(recordsOf('json'), { minLength: 1, maxLength: 3 }),
      anyBytes,
      (before, behind, garbage) => {
        const encoder = createEncoder('json');
        const lines = (records: typeof before): Buffer =>
          Buffer.concat(
            records.map((record) =>
              Buffer.from(`${Buffer.from(encoder.encode(record) as Uint8Array)}\n`),
            ),
          );
        const bytes = Buffer.concat([lines(before), garbage, Buffer.from('\n'), lines(behind)]);
        const decoded = decodeAll(bytes, { encoding: 'json', compression: 'none' });
        // Parts whose siblings never come are given up at the end.
        const records = decoded.records.filter(({ part }) => part === undefined);
        assertSame(records.slice(0, before.length), before);
        assertSame(records.slice(-behind.length), behind);
      },
    ),
  ),
  law(
    'compressed members beside a damaged one survive',
    100,
    fc.property(
      fc.constantFrom(gzipSync, zstdCompressSync),
      fc.array(fc.string({ maxLength: 200 }), { minLength: 1, maxLength: 3 }),
      (compress, texts) => {
        const member = (body: string): Buffer =>
          compress(
            Buffer.from(
              `${Buffer.from(createEncoder('json').encode(makeRecord({ body })) as Uint8Array)}\n`,
            ),
          );
        const damaged = fc.sample(mutated(fc.constant(member(texts.join('')))), {
          numRuns: 3,
          seed: texts.join('').length,
        });
        for (const middle of damaged) {
          const bytes = Buffer.concat([member('first'), middle, member('last')]);
          const { records } = decodeAll(bytes, {
            compression: compress === gzipSync ? 'gzip' : 'zstd',
            encoding: 'json',
          });
          assert.equal(records[0]?.body, 'first');
          assert.equal(records.at(-1)?.body, 'last');
        }
      },
    ),
  ),
  law(
    'what is much larger when decompressed is refused, in time',
    20,
    fc.property(
      fc.constantFrom(gzipSync, zstdCompressSync),
      pattern,
      fc.integer({ min: 1, max: 3 }),
      (compress, unit, members) => {
        const bomb = compress(Buffer.alloc(4_000_000, unit));
        const bytes = Buffer.concat(Array.from({ length: members }, () => bomb));
        const cpu = cpuMillis(() => {
          const { errors } = decodeAll(bytes, { maxDecompressedBytes: 100_000 });
          assert.match(errors.join('\n'), /More than 100000 bytes when decompressed/u);
        });
        assert.ok(cpu < MAX_CPU_MILLIS);
      },
    ),
  ),
  law(
    'any pattern, over and over, is read in a time that grows with its length alone',
    25,
    fc.property(pattern, maybeEncoding, (unit, encoding) => {
      const bytes = Buffer.alloc(PATTERN_BYTES, unit);
      const options = {
        ...(encoding !== undefined && { encoding }),
        maxDecompressedBytes: 10_000_000,
      };
      const cpu = cpuMillis(() => decodeAll(bytes, options));
      assert.ok(cpu < MAX_CPU_MILLIS, `${cpu} ms for ${PATTERN_BYTES} bytes`);
    }),
  ),
];
