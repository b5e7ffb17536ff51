import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/index.ts';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import { jsonEncoder } from '../../src/encode/json-encoder.ts';
import { KeyCache } from '../../src/encode/key-cache.ts';
import { KnownSeverities } from '../../src/encode/known-severities.ts';
import type { EncodingNote, RecordWriter } from '../../src/encode/log-record-encoder.ts';
import { makeRecord } from './support/records.ts';

const traceId = fc.constantFrom('a1', 'b2', 'A1', '00', 'g1').map((digits) => digits.repeat(16));
// Some end with the same digit: they take each other's place.
const spanId = fc.constantFrom('a1', 'b1', 'c2', 'C2', '00').map((digits) => digits.repeat(8));
const spanContext = fc.record({ traceId, spanId, traceFlags: fc.constantFrom(0, 1, 0x1ff) });
const severity = fc.record({
  severityNumber: fc.constantFrom(undefined, 0, -0, 0.5, 9, 17, 2 ** 40, Number.NaN),
  severityText: fc.constantFrom(undefined, '', 'INFO', 'ERROR', 'x'.repeat(100)),
});
const resource = fc.constantFrom(
  { attributes: { a: 0 }, asyncAttributesPending: true },
  { attributes: { a: 1 } },
  { attributes: {} },
  { attributes: { a: 2 } },
);
const instrumentationScope = fc.constantFrom(
  { name: '' },
  { name: 'one' },
  { name: 5, version: ['1'] },
  { name: 'one', version: '1', schemaUrl: 'https://example.com', attributes: { a: 1 } },
);
const fields = fc
  .tuple(fc.option(spanContext, { nil: undefined }), severity, resource, instrumentationScope)
  .map(([context, one, from, scope]) => ({
    ...one,
    spanContext: context,
    resource: from,
    instrumentationScope: scope,
  }));

describe.each(['json', 'msgpack', 'otlp-json'] as const)('the bytes of %s', (name) => {
  it('are the same for contexts, severities and origins that came before, in any order', () => {
    fc.assert(
      fc.property(fc.array(fields, { minLength: 2, maxLength: 40 }), (all) => {
        const experienced = createEncoder(name);
        for (const one of all) {
          const record = makeRecord(one as Parameters<typeof makeRecord>[0]);
          expect(experienced.encode(record)).toEqual(createEncoder(name).encode(record));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are the same for a field that changes all the time, and for one that then does no more', () => {
    const stretch = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 5 }), (stretches) => {
        const experienced = createEncoder(name);
        let number = 0;
        for (const [changes, count] of stretches) {
          for (let record = 0; record < count; record += 1) {
            if (changes) number += 1;
            const logged = makeRecord({ attributes: { id: `id-${number}`, same: 'text' } });
            expect(experienced.encode(logged)).toEqual(createEncoder(name).encode(logged));
          }
        }
      }),
      { numRuns: 5 },
    );
  });
});

it('severities are kept up to the largest number that OpenTelemetry knows', () => {
  const writer = new ByteWriter();
  let writtenAnew = 0;
  const severities = new KnownSeverities(() => {
    writtenAnew += 1;
    return 2;
  });
  for (const number of [24, 24, 24, 25, 25, 25, 0, 0]) severities.write(writer, number, 'FATAL');
  expect(writtenAnew).toBe(1 + 3 + 2);
});

describe.each(['json', 'msgpack', 'distlog-json'] as const)('a sequence in %s', (encoding) => {
  const id = fc.oneof(
    fc.constantFrom('', 'a', 'é "\\', '\ud800', '\u007f'.repeat(9), 'x'.repeat(300)),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  const number = fc.oneof(fc.nat(), fc.constantFrom(1, 2 ** 31, 2 ** 32, 2 ** 53 - 1));
  const note = fc.record({ sequence: fc.record({ id, number }) });

  it('is read back, whatever came before, beside what tells of a cut', () => {
    const cut = { truncated: { fields: ['body'], originalBytes: 5 } };
    const notes = fc.array(fc.tuple(note, fc.boolean()), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(notes, (all) => {
        const experienced = writerOf(encoding);
        for (const [one, isCut] of all) {
          const bytes = written(experienced, isCut ? { ...cut, ...one } : one);
          const [record] = decodeLogRecords(bytes, { encoding });
          const { id: text, number: value } = one.sequence;
          expect(record?.sequence).toEqual({ id: text.toWellFormed(), number: value });
          if (isCut) expect(record?.truncated).toEqual(cut.truncated);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for hundreds of targets in turn', () => {
    const experienced = writerOf(encoding);
    for (let round = 1; round <= 2; round += 1) {
      for (let target = 0; target < 600; target += 1) {
        const sequence = { id: `target-${target}`, number: round };
        expect(written(experienced, { sequence })).toEqual(
          written(writerOf(encoding), { sequence }),
        );
      }
    }
  });
});

it('a text that comes again and again is made ready, also after it changed all the time', () => {
  let written = 0;
  const writeText = (writer: ByteWriter, text: string): void => {
    written += 1;
    writer.writeUtf8(text);
  };
  const keys = new KeyCache((writer, key) => writer.writeUtf8(key), writeText);
  const writer = new ByteWriter();
  for (let number = 0; number < 1000; number += 1) keys.writeField(writer, 'id', `id-${number}`);
  expect(written).toBe(1000);
  for (let count = 0; count < 10_000; count += 1) keys.writeField(writer, 'id', 'same');
  expect(written).toBeLessThan(1400);
});

it('nested in a JSON string they are the same text', () => {
  fc.assert(
    fc.property(fc.array(fields, { minLength: 2, maxLength: 40 }), (all) => {
      const encoder = jsonEncoder();
      const writer = new ByteWriter();
      for (const one of all) {
        const record = makeRecord(one as Parameters<typeof makeRecord>[0]);
        writer.reset();
        const byteCount = encoder.writeNested?.(record, writer);
        const nested = writer.buffer.toString('utf8', 0, writer.position);
        const plain = Buffer.from(jsonEncoder().encode(record)).toString();
        expect(JSON.parse(`"${nested}"`)).toBe(plain);
        expect(byteCount).toBe(Buffer.byteLength(plain));
      }
    }),
    { numRuns: 60 },
  );
});

it('a context that is changed after it was logged is written as it is then', () => {
  const encoder = jsonEncoder();
  const spanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 0 };
  const encode = (): unknown =>
    JSON.parse(Buffer.from(encoder.encode(makeRecord({ spanContext }))).toString());
  for (let count = 0; count < 3; count += 1) encode();
  spanContext.traceFlags = 1;
  expect(encode()).toMatchObject({ trace_flags: '01' });
  spanContext.traceId = 'c'.repeat(32);
  expect(encode()).toMatchObject({ trace_id: 'c'.repeat(32) });
});

function writerOf(encoding: 'json' | 'msgpack' | 'distlog-json'): RecordWriter {
  const encoder = createEncoder(encoding);
  if (!('write' in encoder)) throw new Error(`${encoding} is no encoding of this package`);
  return encoder;
}

function written(encoder: RecordWriter, note: EncodingNote): Uint8Array {
  const writer = new ByteWriter();
  encoder.write(makeRecord({ body: 'text' }), writer, note);
  return writer.copy();
}
