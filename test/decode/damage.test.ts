import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLogRecords } from '../../src/decode/decode-log-records.ts';
import { cpuMillis } from '../support/cpu-millis.ts';
import { decode, line, packed } from './support/decode.ts';

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
