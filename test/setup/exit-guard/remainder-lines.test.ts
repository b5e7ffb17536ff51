import { createHostileLogRecords, createLogRecord } from 'collectorless/testing';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decodeLogRecords } from '../../../src/decode/index.ts';
import { createEncoder } from '../../../src/encode/encoders.ts';
import type { EncodingName } from '../../../src/encode/encodings.ts';
import { fitRecord } from '../../../src/encode/fit-record.ts';
import { jsonEncoder } from '../../../src/encode/json-encoder.ts';
import { remainderLines } from '../../../src/setup/exit-guard/remainder-lines.ts';
import { recordsOf } from '../../decode/support/any-record.ts';

const bytes = (text: string): Buffer => Buffer.from(text);
const bytesOf = (encoded: string | Uint8Array): Buffer => Buffer.from(encoded as Uint8Array);
const linesOf = (encoding: string, ...entries: readonly Uint8Array[]): string[] => [
  ...remainderLines({ encoding, entries, records: [] }),
];
const jsonOf = (lines: readonly string[]): unknown[] => lines.map((line) => JSON.parse(line));

describe('entries that are JSON already', () => {
  const names = ['json', 'otlp-json', 'distlog-json'] as const;

  test.each(names)('stay as they are without their delimiter (%s)', (encoding) => {
    const text = bytesOf(createEncoder(encoding).encode(createLogRecord())).toString();
    expect(linesOf(encoding, bytes(`${text}\n`), bytes(text))).toEqual([text, text]);
  });

  it('are a line each when one entry holds several records', () => {
    expect(linesOf('json', bytes('{"body":1}\n{"body":2}\r\n{"body":3}\n'))).toEqual([
      '{"body":1}',
      '{"body":2}',
      '{"body":3}',
    ]);
  });

  it('are found between any other delimiters', () => {
    expect(linesOf('json', bytes('{"body":"}{"}|,{"body":2}|,'))).toEqual([
      '{"body":"}{"}',
      '{"body":2}',
    ]);
    expect(linesOf('json', bytes('{"body":1}{"body":2}'))).toHaveLength(2);
  });

  it('are base64 when they are damaged', () => {
    expect(jsonOf(linesOf('json', bytes('{"body":1}|{"body"')))).toEqual([
      { data_base64: bytes('{"body":1}|{"body"').toString('base64') },
    ]);
  });

  it('keep big numbers, though a program could not', () => {
    const text = '{"body":12345678901234567890}';
    expect(linesOf('json', bytes(text))).toEqual([text]);
  });
});

describe('entries of MessagePack', () => {
  const encoder = createEncoder('msgpack', { staticFields: { team: 'a', size: 2n } });

  it('become the lines of the json encoding', () => {
    fc.assert(
      fc.property(recordsOf('json'), (record) => {
        const [line = ''] = linesOf('msgpack', bytesOf(createEncoder('msgpack').encode(record)));
        expect(decodeLogRecords(line, { encoding: 'json' })).toEqual([record]);
      }),
      { numRuns: 50 },
    );
  });

  it('are a line each when one entry holds several records', () => {
    const one = encoder.encode(createLogRecord({ body: 'one' }));
    const two = encoder.encode(createLogRecord({ body: 'two' }));
    const lines = linesOf('msgpack', Buffer.concat([bytesOf(one), bytesOf(two)]));
    expect(jsonOf(lines)).toMatchObject([{ body: 'one' }, { body: 'two' }]);
  });

  it('keep their static fields', () => {
    const [line = ''] = linesOf('msgpack', bytesOf(encoder.encode(createLogRecord())));
    expect(JSON.parse(line)).toMatchObject({ team: 'a', size: '2' });
  });

  it('keep the note of a part', () => {
    const long = createLogRecord({ body: 'ab'.repeat(900) });
    const [part] =
      fitRecord(long, createEncoder('msgpack'), {
        maxBytes: 1_500,
        mode: 'split',
        createId: () => 'id',
      }) ?? [];
    const [line = ''] = linesOf('msgpack', Buffer.from(part ?? []));
    expect(JSON.parse(line)).toMatchObject({ part: { id: 'id', index: 0 } });
  });

  it('are base64 when they cannot be read', () => {
    expect(linesOf('msgpack', Buffer.from([0x81, 0xa4, 0x62]))).toEqual(['{"data_base64":"gaRi"}']);
  });
});

describe('entries of the body alone', () => {
  it('stand under `body`, without the delimiter and with their own line breaks', () => {
    const lines = linesOf('body', bytes('one\ntwo\n'), bytes('{"a":1}'));
    expect(jsonOf(lines)).toEqual([{ body: 'one\ntwo' }, { body: '{"a":1}' }]);
  });
});

describe('entries of an own encoder', () => {
  it('stay JSON, on one line', () => {
    expect(linesOf('mine', bytes('{\n  "a": 1\r\n}\n'), bytes('{"a":2}\n{"a":3}\n'))).toEqual([
      '{   "a": 1 }',
      '{"a":2}',
      '{"a":3}',
    ]);
  });

  it('are base64 when they are anything else', () => {
    const lines = linesOf('mine', bytes('level=info\n{"a":1}\n'), Buffer.from([0xff, 0x00]));
    expect(jsonOf(lines)).toEqual([
      { data_base64: bytes('level=info\n{"a":1}\n').toString('base64') },
      { data_base64: '/wA=' },
    ]);
  });
});

describe('records that were not encoded', () => {
  it('are lines of the json encoding behind the entries', () => {
    const record = createLogRecord({ body: 'two\nlines' });
    const lines = [
      ...remainderLines({ encoding: 'body', entries: [bytes('first')], records: [record] }),
    ];
    expect(lines).toEqual(['{"body":"first"}', bytesOf(jsonEncoder().encode(record)).toString()]);
  });

  it('have the static fields of their exporter, as far as the json encoding takes them', () => {
    const remainder = { encoding: 'otlp-json', entries: [], records: [createLogRecord()] };
    const linesWith = (staticFields: Readonly<Record<string, unknown>>): unknown[] =>
      jsonOf([...remainderLines({ ...remainder, staticFields })]);
    expect(linesWith({ team: 'a' })).toMatchObject([{ body: 'a log record', team: 'a' }]);
    expect(linesWith({ team: 'a', body: 'b' })).toMatchObject([{ body: 'a log record' }]);
  });

  it('are one whole line each, however hostile', () => {
    const records = createHostileLogRecords(7, 120);
    const lines = [...remainderLines({ encoding: 'json', entries: [], records })];
    expect(lines).toHaveLength(records.length);
    expect(jsonOf(lines).every((value) => typeof value === 'object')).toBe(true);
    expect(lines.some((line) => line.includes('\n'))).toBe(false);
  });
});

it('makes whole lines of JSON of any bytes in any encoding', () => {
  const names: EncodingName[] = ['json', 'otlp-json', 'distlog-json', 'msgpack', 'body'];
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => new Uint8Array(bytes(text))),
    fc.json().map((text) => new Uint8Array(bytes(`${text}\n`))),
    recordsOf('msgpack').map((record) => bytesOf(createEncoder('msgpack').encode(record))),
  );
  fc.assert(
    fc.property(
      fc.constantFrom<string[]>(...names, 'mine'),
      fc.array(piece, { minLength: 1, maxLength: 4 }),
      (encoding, pieces) => {
        const lines = linesOf(encoding, Buffer.concat(pieces));
        expect(lines.length).toBeGreaterThan(0);
        for (const line of lines) {
          expect(line).not.toMatch(/[\r\n]/u);
          JSON.parse(line);
        }
      },
    ),
    { numRuns: 300 },
  );
});
