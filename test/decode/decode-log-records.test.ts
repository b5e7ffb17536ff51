import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/decode-log-records.ts';
import type { DecodeOptions } from '../../src/decode/decode-options.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import type { EncodingName } from '../../src/encode/encodings.ts';
import { fitRecord } from '../../src/encode/fit-record.ts';
import { makeRecord, textOf, UID } from '../encode/support/records.ts';
import { cpuMillis } from '../support/cpu-millis.ts';

const json = createEncoder('json');
const msgpack = createEncoder('msgpack');
const line = (body: unknown): string => textOf(json.encode(makeRecord({ body })));
const packed = (body: unknown): Buffer =>
  Buffer.from(msgpack.encode(makeRecord({ body })) as Uint8Array);

function decode(
  bytes: Uint8Array | string,
  options: DecodeOptions = {},
): { bodies: unknown[]; damage: number[] } {
  const damage: number[] = [];
  const records = decodeLogRecords(bytes, {
    ...options,
    onError: ({ error, position }) => {
      expect(error).toMatchObject({ code: 'ERR_DECODE', position });
      damage.push(position);
    },
  });
  return { bodies: records.map((record) => record.body), damage };
}

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
    expect(
      decode(lines([...mixed, json.encode(makeRecord()) as Uint8Array])).bodies.sort(),
    ).toEqual(['hello', 'x'.repeat(2_000), 'y'.repeat(2_000)]);
  });

  it('of which a part is missing are told and given back in parts', () => {
    const parts = split({ body: 'x'.repeat(2_000) });
    const { bodies, damage } = decode(`${line('a')}\n${lines(parts.slice(1))}`);
    expect(damage).toEqual([line('a').length + 1]);
    expect(bodies).toHaveLength(parts.length);
    expect(bodies[0]).toBe('a');
  });
});

describe('damage', () => {
  it('in the first line makes no text of the records behind it', () => {
    expect(decode(`no record\n${line('a')}\n`)).toEqual({ bodies: ['a'], damage: [0] });
  });

  it('is a text where the encoding is told, and none where it is found out', () => {
    expect(decode('no record', { encoding: 'json' })).toEqual({ bodies: [], damage: [0] });
    expect(decode('no record')).toEqual({ bodies: ['no record'], damage: [] });
  });

  it.each<[string, (text: string) => string]>([
    ['cut off', (text) => text.slice(0, -20)],
    ['cut in a string', (text) => text.slice(0, text.indexOf('INFO') + 2)],
    ['without a quote', (text) => text.replace('"INFO', 'INFO')],
    ['without its beginning', (text) => text.slice(10)],
    ['with garbage inside', (text) => text.replace('"INFO"', '\u0000\u0001{[')],
    ['with a brace too many', (text) => text.replace('"INFO"', '{"INFO"')],
    ['with a brace too few', (text) => text.replace('}', '')],
    ['text instead', () => 'no record at all'],
    ['an open brace', () => '{'],
    ['an open list', () => '{"a":[[[['],
  ])('in a line that is %s hides no neighbour', (_, harm) => {
    const text = `${line('a')}\n${harm(line('harmed'))}\n${line('b')}\n${line('c')}\n`;
    const { bodies, damage } = decode(text);
    expect(bodies).toEqual(['a', 'b', 'c']);
    expect(damage[0]).toBeGreaterThanOrEqual(line('a').length + 1);
    expect(damage[0]).toBeLessThanOrEqual(line('a').length + 1 + line('harmed').length);
  });

  it('between objects in a row hides no neighbour', () => {
    const harmed = line('harmed').slice(0, -30);
    expect(decode(line('a') + harmed + line('b') + line('c')).bodies).toEqual(
      expect.arrayContaining(['a', 'c']),
    );
    expect(decode(`${line('a')}${line('harmed').slice(0, -1)}${line('b')}`).bodies).toEqual([
      'a',
      'b',
    ]);
  });

  it('in MessagePack hides no neighbour', () => {
    const harmed = packed('harmed');
    for (let at = 0; at < harmed.length; at++) {
      const broken = Buffer.from(harmed);
      broken[at] = 0xc1;
      const { bodies } = decode(Buffer.concat([packed('a'), broken, packed('b'), packed('c')]), {
        encoding: 'msgpack',
      });
      expect(bodies[0]).toBe('a');
      expect(bodies.at(-1)).toBe('c');
    }
    const cut = Buffer.concat([packed('a'), harmed.subarray(0, -20), packed('b'), packed('c')]);
    const { bodies, damage } = decode(cut);
    expect(bodies).toContain('c');
    expect(damage.length).toBeGreaterThan(0);
  });

  it('in a gzip member hides no other member', () => {
    const broken = Buffer.from(gzipSync(`${line('harmed')}\n`));
    broken.fill(0xff, 20, 30);
    const bytes = Buffer.concat([gzipSync(`${line('a')}\n`), broken, gzipSync(`${line('b')}\n`)]);
    const { bodies, damage } = decode(bytes);
    expect(bodies).toEqual(expect.arrayContaining(['a', 'b']));
    expect(damage.length).toBeGreaterThan(0);
  });

  it('at the end of compressed bytes keeps what came before', () => {
    const text = Array.from({ length: 2_000 }, (_, index) =>
      line(`${index} ${Math.sin(index)}`),
    ).join('\n');
    const { bodies, damage } = decode(gzipSync(text).subarray(0, -1_000));
    expect(bodies.length).toBeGreaterThan(1_000);
    expect(damage.length).toBeGreaterThan(0);
  });

  it('without onError throws only when nothing was decoded', () => {
    expect(decodeLogRecords(`${line('a')}\n{"b`)).toHaveLength(1);
    expect(() => decodeLogRecords('{"b')).toThrow(expect.objectContaining({ code: 'ERR_DECODE' }));
    expect(() => decodeLogRecords(gzipSync('{}').subarray(0, 12))).toThrow(
      expect.objectContaining({ code: 'ERR_DECODE' }),
    );
  });
});

describe('hostile bytes', () => {
  it.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['zstd', zstdCompressSync(Buffer.alloc(50_000_000))],
  ])('a %s bomb stops at the limit', (_, bomb) => {
    expect(() => decodeLogRecords(bomb, { maxDecompressedBytes: 1_000_000 })).toThrow(
      expect.objectContaining({ code: 'ERR_DECODE', message: expect.stringContaining('1000000') }),
    );
  });

  it('never throw anything but DecodeError', () => {
    const start = fc.constantFrom(
      '',
      '{',
      '[',
      '\u001f\u008b\u0008',
      '(\u00b5/\u00fd',
      '\u0081\u00a9timestamp',
      'a=b',
      '{"resourceLogs":',
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (prefix, rest) => {
        const bytes = Buffer.concat([Buffer.from(prefix, 'latin1'), rest]);
        try {
          decodeLogRecords(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_DECODE' });
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('of any shape as JSON give records or an error, nothing else', () => {
    const value = fc.jsonValue({ maxDepth: 5 });
    const keys = fc.constantFrom(
      'resourceLogs',
      'scopeLogs',
      'logRecords',
      'attributes',
      'body',
      'part',
      'timestamp',
      'levelno',
      'msg',
      'created',
      'scope',
      'context',
    );
    fc.assert(
      fc.property(fc.dictionary(keys, value), (document) => {
        expect(() => decodeLogRecords(JSON.stringify(document))).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, string | Uint8Array]>([
    ['open braces', '{'.repeat(3_000_000)],
    ['open braces on lines', '{\n'.repeat(1_000_000)],
    ['joints in strings', '{"}{"'.repeat(500_000)],
    ['nested joints', `{${'"}{"{'.repeat(500_000)}`],
    ['open lists on lines', '{"a":[\n'.repeat(300_000)],
    ['garbage and braces', '{x'.repeat(1_000_000)],
    ['deep nesting', `{"body":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`],
    [
      'deep OTLP',
      `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${'{"arrayValue":{"values":['.repeat(100_000)}${']}}'.repeat(100_000)}}]}]}]}`,
    ],
    [
      'deep MessagePack',
      Buffer.concat([Buffer.from([0x81, 0xa1, 0x61]), Buffer.alloc(2_000_000, 0x91)]),
    ],
    [
      'endless MessagePack lists',
      Buffer.concat(
        Array.from({ length: 60_000 }, () =>
          Buffer.from('81a974696d657374616d70ddffffffff', 'hex'),
        ),
      ),
    ],
    [
      'many magic numbers',
      Buffer.concat(
        Array.from({ length: 100_000 }, () => Buffer.from('1f8b08000000000000', 'hex')),
      ),
    ],
  ])('of %s take no long time', (_, bytes) => {
    expect(cpuMillis(() => decode(bytes))).toBeLessThan(20_000);
  });

  it('with __proto__ change no prototype', () => {
    const [record] = decodeLogRecords('{"attributes":{"__proto__":{"a":1}},"__proto__":{"b":1}}');
    expect(Object.keys(record?.attributes ?? {})).toEqual(['__proto__']);
    expect(Object.keys(record?.staticFields ?? {})).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('wrong options are refused', () => {
    for (const options of [
      { encoding: 'xml' },
      { compression: 'br' },
      { maxDecompressedBytes: 0 },
    ]) {
      expect(() => decodeLogRecords('{}', options as never)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_OPTION' }),
      );
    }
  });
});
