import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRecordFormat } from '../../../src/cli/print/format-record.ts';
import { createJsonLine } from '../../../src/cli/print/json-line.ts';
import { safeText } from '../../../src/cli/print/safe-text.ts';
import { type DecodedLogRecord, decodeLogRecords } from '../../../src/decode/index.ts';
import { jsonEncoder } from '../../../src/index.ts';
import { createHostileLogRecords } from '../../../src/testing/index.ts';

/** All that a terminal may obey: controls, line separators, half pairs, direction and other format characters. */
const CONTROL =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;
const OWN_COLOURS = new RegExp(`${String.fromCharCode(27)}\\[(?:1;37;41|[0-9]{1,2})m`, 'gu');

const piece = fc.oneof(
  fc.constantFrom(
    '\x1b[2J\x1b[31mred',
    '\x1b]0;title\x07',
    '\x9b31m',
    '\r\n2026-11-21 00:00:00.000 FATAL forged',
    '\u2028forged',
    '\u202e',
    '\ud800',
    '\x7f\b\b',
    '\t',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const value = fc.oneof(
  text,
  fc.integer(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 4 }),
  fc.array(text, { maxLength: 2 }),
  fc.dictionary(text, text, { maxKeys: 2 }),
);
const map = fc.oneof(
  fc.dictionary(text, value, { maxKeys: 3 }),
  text.map((stack) => ({ 'exception.stacktrace': stack, 'exception.message': stack })),
);
const time = fc.tuple(fc.oneof(fc.integer(), fc.double()), fc.nat(999_999_999));

const record: fc.Arbitrary<DecodedLogRecord> = fc.record(
  {
    hrTime: time,
    hrTimeObserved: time,
    attributes: map,
    resource: fc.record({
      attributes: fc.oneof(
        map,
        text.map((name) => ({ 'service.name': name })),
      ),
    }),
    instrumentationScope: fc.record({ name: text }),
    droppedAttributesCount: fc.nat(3),
    severityNumber: fc.integer({ min: -1, max: 30 }),
    severityText: text,
    eventName: text,
    body: value,
    spanContext: fc.record({ traceId: text, spanId: text, traceFlags: fc.nat(1) }),
    truncated: fc.record({ fields: fc.array(text, { maxLength: 2 }), originalBytes: fc.nat() }),
    part: fc.record({
      id: text,
      index: fc.nat(3),
      count: fc.nat(4),
      fields: fc.constant(['body']),
    }),
    staticFields: fc.dictionary(text, value, { minKeys: 1, maxKeys: 3 }),
  },
  {
    requiredKeys: [
      'hrTime',
      'hrTimeObserved',
      'attributes',
      'resource',
      'instrumentationScope',
      'droppedAttributesCount',
    ],
  },
);

it('whatever a record holds, a printed line has no control character but its end', () => {
  const format = createRecordFormat({ isColorful: false, isUtc: true });
  fc.assert(
    fc.property(record, (any) => {
      const lines = format(any).split('\n');
      expect(lines.pop()).toBe('');
      for (const line of lines) expect(line).not.toMatch(CONTROL);
    }),
  );
});

it('whatever a record holds, the only escapes in colour are our own', () => {
  const format = createRecordFormat({ isColorful: true, isUtc: true });
  const plain = createRecordFormat({ isColorful: false, isUtc: true });
  fc.assert(
    fc.property(record, (any) => {
      expect(format(any).replace(OWN_COLOURS, '')).toBe(plain(any));
    }),
  );
});

it('no record can look like two: all its lines but the first are indented', () => {
  const format = createRecordFormat({ isColorful: false, isUtc: true });
  fc.assert(
    fc.property(record, (any) => {
      const [first, ...others] = format(any).trimEnd().split('\n');
      expect(first).toMatch(/^\S/u);
      for (const line of others) expect(line.slice(0, 4).trim()).toBe('');
    }),
  );
});

it('a line of JSON has no control character and is one line', () => {
  const jsonLine = createJsonLine();
  fc.assert(
    fc.property(record, (any) => {
      const line = jsonLine(any);
      expect(line.slice(0, -1)).not.toMatch(CONTROL);
      expect(() => JSON.parse(line)).not.toThrow();
    }),
  );
});

it('a line of JSON is the record in the wire format json, to the last field', () => {
  const encoder = jsonEncoder({ staticFields: { team: 'checkout', nested: { a: [1, null] } } });
  const jsonLine = createJsonLine();
  for (const hostile of createHostileLogRecords(1, 300)) {
    const wire = Buffer.from(encoder.encode(hostile)).toString();
    const [decoded] = decodeLogRecords(wire, { encoding: 'json' });
    if (decoded === undefined) throw new Error('The record was not decoded');
    const document: unknown = JSON.parse(wire, (key, value) =>
      // To the decoder 1970 is the time of a record that says none.
      key === 'timestamp' && value === '1970-01-01T00:00:00.000000000Z' ? undefined : value,
    );
    expect(JSON.parse(jsonLine(decoded))).toEqual(document);
  }
});

it('the place that Unicode keeps free between format characters is written out as they are', () => {
  expect(safeText('a\u2064\u2065\u2066b')).toBe('a\\u{2064}\\u{2065}\\u{2066}b');
});
