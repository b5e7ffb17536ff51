import { describe, expect, it } from 'vitest';
import type { ByteWriter } from '../../src/encode/byte-writer.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import type { EncodingName } from '../../src/encode/encodings.ts';
import { fitRecord } from '../../src/encode/fit-record.ts';
import type { RecordWriter } from '../../src/encode/log-record-encoder.ts';
import { makeRecord, parse } from './support/records.ts';

const MAX_BYTES = 262_144;
/** What the search may spend on results that are small. */
const SMALL_BYTES = 262_144;

/** Counts the bytes that the encoder is made to write: the work of a fit, whatever the machine. */
function counted(name: EncodingName): { encoder: RecordWriter; written: () => number } {
  const inner = createEncoder(name);
  if (!('write' in inner)) throw new Error('Expected an encoder of this package');
  let bytes = 0;
  const encoder: RecordWriter = {
    name: inner.name,
    contentType: inner.contentType,
    isText: inner.isText,
    encode: (record) => inner.encode(record),
    stringBytes: (text, path) => inner.stringBytes(text, path),
    write: (record, writer: ByteWriter, note) => {
      const start = writer.position;
      inner.write(record, writer, note);
      bytes += writer.position - start;
    },
  };
  return { encoder, written: () => bytes };
}

function many(count: number, valueAt: (index: number) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`k${index}`, valueAt(index)]),
  );
}

const text = (length: number) => (): string => 'y'.repeat(length);
const container = (): object => ({ a: 'x'.repeat(100), b: [1, 2, 3] });

const cases: readonly (readonly [string, () => Record<string, unknown>, leastFill: number])[] = [
  ['a string of 30 MB', () => ({ body: 'x'.repeat(30_000_000) }), 0.999],
  ['a list of 20 long strings', () => ({ body: Array.from({ length: 20 }, text(250_000)) }), 0.99],
  ['5,000 attributes of 300 bytes', () => ({ attributes: many(5_000, text(300)) }), 0.99],
  ['1,250 attributes of 300 bytes', () => ({ attributes: many(1_250, text(300)) }), 0.99],
  ['50,000 small attributes', () => ({ attributes: many(50_000, (i) => `v${i}`) }), 0.98],
  ['28,000 numbers', () => ({ attributes: many(28_000, (i) => i) }), 0.98],
  ['7,500 small containers', () => ({ attributes: many(7_500, container) }), 0.98],
  ['a body of 5,000 strings', () => ({ body: many(5_000, text(300)) }), 0.98],
  [
    'a nested attribute of 5,000 strings',
    () => ({ attributes: { a: many(5_000, text(300)) } }),
    0.98,
  ],
  [
    'a body of 125,000 numbers',
    () => ({ body: Array.from({ length: 125_000 }, (_, i) => i) }),
    0.98,
  ],
];

describe.each(['json', 'otlp-json', 'msgpack', 'distlog-json'] as const)(
  'truncating a record in %s costs a few encodings of the result',
  (name) => {
    it.each(cases)('of %s', (_, other, leastFill) => {
      const { encoder, written } = counted(name);
      const options = { maxBytes: MAX_BYTES, mode: 'truncate', createId: () => 'id' } as const;
      const [piece] = fitRecord(makeRecord(other()), encoder, options) ?? [];
      expect(written()).toBeLessThanOrEqual(8 * MAX_BYTES + SMALL_BYTES);
      expect(piece?.length).toBeLessThanOrEqual(MAX_BYTES);
      expect(piece?.length).toBeGreaterThan(leastFill * MAX_BYTES);
    });
  },
);

describe('the note of a record that was many times too long', () => {
  it.each(cases)('tells about how long it was: %s', (_, other) => {
    const { encoder } = counted('json');
    const record = makeRecord(other());
    const options = { maxBytes: 20_000, mode: 'truncate', createId: () => 'id' } as const;
    const [piece] = fitRecord(record, encoder, options) ?? [];
    const { original_bytes: told } = parse(piece ?? '')['truncated'] as { original_bytes: number };
    const whole = encoder.encode(record).length;
    expect(Math.abs(told - whole) / whole).toBeLessThan(0.05);
  });

  it('tells it exactly when it is known', () => {
    const { encoder } = counted('json');
    const record = makeRecord({ body: 'x'.repeat(1_000_000) });
    const known = { maxBytes: 5_120, originalBytes: 1_000_300 };
    const [piece] =
      fitRecord(record, encoder, { ...known, mode: 'truncate', createId: () => '' }) ?? [];
    expect(parse(piece ?? '')['truncated']).toMatchObject({ original_bytes: 1_000_300 });
  });
});
