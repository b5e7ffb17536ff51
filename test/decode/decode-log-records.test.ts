import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/decode-log-records.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import type { EncodingName } from '../../src/encode/encodings.ts';
import { fitRecord } from '../../src/encode/fit-record.ts';
import { makeRecord, textOf, UID } from '../encode/support/records.ts';
import { decode, line, packed } from './support/decode.ts';

describe('untold, decode finds out', () => {
  it.each<[string, string]>([
    ['lines', `${line('a')}\n${line('b')}\n`],
    ['lines with CR LF and gaps', `\r\n${line('a')}\r\n\r\n${line('b')}`],
    ['a byte order mark', `\uFEFF${line('a')}\n${line('b')}`],
    ['an array', `[${line('a')},${line('b')}]`],
    ['an array over lines', `[\n${line('a')},\n${line('b')}\n]\n`],
    ['objects in a row', line('a') + line('b')],
    [
      'objects spread over lines',
      [line('a'), line('b')].map((text) => JSON.stringify(JSON.parse(text), null, 2)).join('\n'),
    ],
    [
      'forms',
      `${new URLSearchParams({ record: line('a') })}\n${new URLSearchParams({ body: 'b', severity_number: '9' })}`,
    ],
    ['plain text', 'a\nb'],
  ])('%s', (_, text) => {
    expect(decode(text)).toEqual({ bodies: ['a', 'b'], damage: [] });
  });

  it.each<[string, Uint8Array]>([
    ['MessagePack in a row', Buffer.concat([packed('a'), packed('b')])],
    ['gzip', gzipSync(`${line('a')}\n${line('b')}`)],
    ['gzip members in a row', Buffer.concat([gzipSync(`${line('a')}\n`), gzipSync(line('b'))])],
    ['zstd', zstdCompressSync(`${line('a')}\n${line('b')}`)],
    ['compressed MessagePack', gzipSync(Buffer.concat([packed('a'), packed('b')]))],
    [
      'base64 of MessagePack',
      Buffer.from(Buffer.concat([packed('a'), packed('b')]).toString('base64')),
    ],
    [
      'lines of base64',
      Buffer.from(
        [gzipSync(`${line('a')}\n`), gzipSync(line('b'))]
          .map((piece) => piece.toString('base64'))
          .join('\n'),
      ),
    ],
  ])('%s', (_, bytes) => {
    expect(decode(bytes)).toEqual({ bodies: ['a', 'b'], damage: [] });
  });

  it('nothing in nothing', () => {
    expect(decode('')).toEqual({ bodies: [], damage: [] });
    expect(decode('\n\n')).toEqual({ bodies: [], damage: [] });
  });

  it('the fields of a form', () => {
    const form = new URLSearchParams({
      timestamp: '2026-11-21T03:57:00.000000001Z',
      severity_number: '9',
      body: '42',
      attributes: '{"uid":"1","n":2}',
      env: 'test',
    });
    expect(decodeLogRecords(String(form))).toMatchObject([
      {
        hrTime: [1_795_233_420, 1],
        severityNumber: 9,
        body: '42',
        attributes: { uid: '1', n: 2 },
        staticFields: { env: 'test' },
      },
    ]);
  });

  it('a distlog document, as far as Python has fields', () => {
    const record = makeRecord({
      spanContext: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 },
      resource: { attributes: { 'host.name': 'h', 'process.pid': 7 } },
      hrTime: [1_700_000_000, 250_000_000],
    });
    const bytes = createEncoder('distlog-json').encode(record);
    expect(decodeLogRecords(bytes)).toMatchObject([
      {
        hrTime: [1_700_000_000, 250_000_000],
        severityNumber: 9,
        severityText: 'INFO',
        body: 'hello',
        attributes: { uid: UID },
        spanContext: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 },
        resource: { attributes: { 'host.name': 'h', 'process.pid': 7 } },
        instrumentationScope: { name: 'lib' },
      },
    ]);
  });

  it('every record of a LogsData with several resources and scopes', () => {
    const logs = (body: string): object => ({
      scopeLogs: [{ logRecords: [{ body: { stringValue: body } }] }],
    });
    expect(decode(JSON.stringify({ resourceLogs: [logs('a'), logs('b')] })).bodies).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('what the encoder added', () => {
  it.each(['json', 'msgpack'] as const)('static fields come back apart in %s', (name) => {
    const encoder = createEncoder(name, { staticFields: { env: 'test', zone: { a: 1 } } });
    const [record] = decodeLogRecords(encoder.encode(makeRecord()));
    expect(record?.staticFields).toEqual({ env: 'test', zone: { a: 1 } });
    expect(record?.attributes).toEqual({ uid: UID });
  });

  it.each(['json', 'msgpack', 'otlp-json'] as const)(
    'the note of a cut record comes back in %s',
    (name) => {
      const encoder = createEncoder(name);
      const long = makeRecord({ body: 'x'.repeat(5_000) });
      const [piece] =
        fitRecord(long, encoder, { maxBytes: 1_000, mode: 'truncate', createId: () => '' }) ?? [];
      const [record] = decodeLogRecords(piece ?? '');
      expect(record?.truncated).toEqual({
        fields: ['body'],
        originalBytes: encoder.encode(long).length,
      });
      expect(record?.attributes).toEqual({ uid: UID });
    },
  );
});

describe('split records', () => {
  const split = (other: object, name: EncodingName = 'json', id = 'id'): Uint8Array[] =>
    fitRecord(makeRecord({ ...other }), createEncoder(name), {
      maxBytes: 1_000,
      mode: 'split',
      createId: () => id,
    }) ?? [];
  const lines = (parts: readonly Uint8Array[]): string =>
    parts.map((part) => `${textOf(part)}\n`).join('');

  it('are one record again, with values that were sliced as JSON text', () => {
    const body = { items: Array.from({ length: 500 }, (_, index) => `item ${index}`) };
    expect(decode(lines(split({ body })))).toEqual({ bodies: [body], damage: [] });
  });

  it('of MessagePack bytes are bytes again', () => {
    const body = new Uint8Array(5_000).map((_, index) => index);
    expect(decode(Buffer.concat(split({ body }, 'msgpack')))).toEqual({
      bodies: [body],
      damage: [],
    });
  });

  it('that came twice are one record', () => {
    const parts = split({ body: 'x'.repeat(2_000) });
    const [first] = parts;
    expect(decode(lines([first ?? new Uint8Array(), ...parts])).bodies).toEqual([
      'x'.repeat(2_000),
    ]);
  });

  it('mixed with others come whole', () => {
    const one = split({ body: 'x'.repeat(2_000) }, 'json', '1');
    const two = split({ body: 'y'.repeat(2_000) }, 'json', '2');
    const mixed = one.flatMap((part, index) => [part, two[index] ?? new Uint8Array()]);
    expect(decode(lines([...mixed, Buffer.from(line('hello'))])).bodies.sort()).toEqual([
      'hello',
      'x'.repeat(2_000),
      'y'.repeat(2_000),
    ]);
  });

  it('of which a part is missing are told and given back in parts', () => {
    const parts = split({ body: 'x'.repeat(2_000) });
    const { bodies, damage } = decode(`${line('a')}\n${lines(parts.slice(1))}`);
    expect(damage).toEqual([line('a').length + 1]);
    expect(bodies).toHaveLength(parts.length);
    expect(bodies[0]).toBe('a');
  });
});
