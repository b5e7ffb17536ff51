import { describe, expect, it } from 'vitest';
import { createRecordFormat } from '../../../src/cli/print/format-record.ts';
import { formatTime } from '../../../src/cli/print/format-time.ts';
import { parseSeverity } from '../../../src/cli/print/severity.ts';
import { type DecodedLogRecord, decodeLogRecords } from '../../../src/decode/index.ts';

const format = createRecordFormat({ isColorful: false, isUtc: true });

function recordOf(fields: Readonly<Record<string, unknown>>): DecodedLogRecord {
  const [record] = decodeLogRecords(JSON.stringify(fields), { encoding: 'json' });
  if (record === undefined) throw new Error('The document is no record');
  return record;
}

describe('a record is printed', () => {
  it('with time, severity, service, scope, body, attributes and the beginning of its trace id', () => {
    const record = recordOf({
      timestamp: '2026-11-21T03:57:00.123456789Z',
      severity_number: 13,
      severity_text: 'warning',
      body: 'not enough in stock',
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      span_id: '00f067aa0ba902b7',
      trace_flags: '01',
      attributes: { item: 'tea', note: 'two words', price: { amount: 4.5 } },
      resource: { 'service.name': 'shop' },
      scope: { name: 'pino' },
    });
    expect(format(record)).toBe(
      '2026-11-21T03:57:00.123Z WARN  shop [pino] not enough in stock ' +
        'item=tea note="two words" price={"amount":4.5} trace=4bf92f35\n',
    );
  });

  it.each<[string, (long: string) => Readonly<Record<string, unknown>>]>([
    ['body', (body) => ({ body })],
    ['body in a map', (a) => ({ body: { a } })],
    ['attribute', (a) => ({ attributes: { a } })],
    ['attribute in a map', (b) => ({ attributes: { a: { b } } })],
    ['key', (key) => ({ attributes: { [key]: 1 } })],
    ['stack trace', (trace) => ({ attributes: { 'exception.stacktrace': trace } })],
    ['event name', (name) => ({ event_name: name })],
    ['severity', (text) => ({ severity_text: text })],
    ['scope', (name) => ({ scope: { name } })],
    ['service', (name) => ({ resource: { 'service.name': name } })],
  ])('with no more than the beginning of a long %s', (_what, fields) => {
    const line = format(recordOf(fields('x'.repeat(200_000))));
    expect(line).toMatch(/x… \(1344\d\d more characters\)/u);
    expect(line.length).toBeLessThan(66_000);
  });

  it('with no half of a character where a value is cut', () => {
    const line = format(recordOf({ body: `a${'\u{1f600}'.repeat(40_000)}` }));
    expect(line).toContain('\u{1f600}… (14466 more characters)');
  });

  it('with its stack trace indented, and without type and message twice', () => {
    const record = recordOf({
      body: 'the order failed',
      attributes: {
        'exception.type': 'RangeError',
        'exception.message': 'no unicorn',
        'exception.stacktrace': 'RangeError: no unicorn\n\tat takeOrder (app.js:3:9)\n',
      },
    });
    expect(format(record)).toBe(
      '- -     the order failed\n    RangeError: no unicorn\n      at takeOrder (app.js:3:9)\n',
    );
  });

  it('with the type of an exception that the stack trace does not name', () => {
    const attributes = { 'exception.type': 'E42', 'exception.stacktrace': 'at app.js' };
    expect(format(recordOf({ attributes }))).toBe('- -     exception.type=E42\n    at app.js\n');
  });

  it('with the further lines of its body indented', () => {
    const record = recordOf({ body: 'SELECT *\r\nFROM orders\n', attributes: { rows: 3 } });
    expect(format(record)).toBe('- -     SELECT * rows=3\n    FROM orders\n');
  });

  it('with what the encoder and the sender said of it', () => {
    const record = recordOf({
      event_name: 'order.taken',
      dropped_attributes_count: 2,
      truncated: { fields: ['body', 'attributes.sql'], original_bytes: 9 },
      part: { id: 'x', index: 1, count: 3, fields: ['body'] },
      team: 'checkout',
    });
    expect(format(record)).toBe(
      '- -     event=order.taken team=checkout dropped_attributes=2 cut=body,attributes.sql part=2/3\n',
    );
  });

  it('with a body that is no text as JSON', () => {
    expect(format(recordOf({ body: { a: [1, null] } }))).toBe('- -     {"a":[1,null]}\n');
  });

  it('with the severity text when there is no number', () => {
    expect(format(recordOf({ severity_text: 'critical', body: 'x' }))).toBe('- FATAL x\n');
    expect(format(recordOf({ severity_text: 'loud', body: 'x' }))).toBe('- loud  x\n');
  });

  it('with escapes written out where a terminal would obey them', () => {
    const record = recordOf({
      body: 'a\u001b[2Jb\u009bc\u202ed\u0007',
      attributes: { 'k\n': '\t' },
    });
    expect(format(record)).toBe('- -     a\\x1b[2Jb\\x9bc\\u{202e}d\\x07 "k\\n"="\\t"\n');
  });

  it('in the colour of its severity when colours are welcome', () => {
    const inColour = createRecordFormat({ isColorful: true, isUtc: true });
    const esc = String.fromCharCode(27);
    expect(inColour(recordOf({ severity_number: 17, body: 'x' }))).toBe(
      `${esc}[2m-${esc}[0m ${esc}[31mERROR${esc}[0m x\n`,
    );
  });
});

describe('a time', () => {
  it('is local unless UTC is asked for', () => {
    const date = new Date(2026, 0, 2, 3, 4, 5, 6);
    const seconds = Math.floor(date.getTime() / 1000);
    expect(formatTime([seconds, 6_000_000], false)).toBe('2026-01-02 03:04:05.006');
    expect(formatTime([seconds, 6_000_000], true)).toBe(date.toISOString());
  });

  it.each([
    ['none', [0, 0]],
    ['no number', [Number.NaN, 0]],
    ['too far away', [1e300, 0]],
  ] as const)('that is %s is a dash', (_, time) => {
    expect(formatTime([...time], true)).toBe('-');
    expect(formatTime([...time], false)).toBe('-');
  });
});

it.each([
  ['warn', 13],
  ['WARNING', 13],
  ['error3', 19],
  ['1', 1],
  ['24', 24],
  ['fatal', 21],
])('the severity %s is %i', (name, severity) => {
  expect(parseSeverity(name)).toBe(severity);
});

it.each(['', '0', '25', 'warn5', 'warn0', 'loud', '1.5', 'constructor'])(
  'the severity %j is none',
  (name) => {
    expect(parseSeverity(name)).toBeUndefined();
  },
);
