import { constants, crc32, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeLogRecords, decodeStream } from '../../src/decode/index.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import { makeRecord, textOf } from '../encode/support/records.ts';
import { cpuMillis } from '../support/cpu-millis.ts';

const json = createEncoder('json');
const line = (body: unknown): string => `${textOf(json.encode(makeRecord({ body })))}\n`;
const manyLines = Array.from({ length: 20_000 }, (_, index) => line(`${index} ${Math.sin(index)}`));
const many = manyLines.join('');

interface Found {
  readonly bodies: unknown[];
  readonly damage: number[];
}

function decodeBytes(bytes: Uint8Array): Found {
  const damage: number[] = [];
  const onError = ({ position }: { position: number }): number => damage.push(position);
  return { bodies: decodeLogRecords(bytes, { onError }).map((record) => record.body), damage };
}

function inChunksOf(size: number): (bytes: Uint8Array) => Promise<Found> {
  async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += size) {
      yield bytes.subarray(start, start + size);
    }
  }
  return async (bytes) => {
    const damage: number[] = [];
    const bodies: unknown[] = [];
    const onError = ({ position }: { position: number }): number => damage.push(position);
    for await (const record of decodeStream(chunks(bytes), { onError })) bodies.push(record.body);
    return { bodies, damage };
  };
}

const DECODERS: [string, (bytes: Uint8Array) => Found | Promise<Found>][] = [
  ['decodeLogRecords', decodeBytes],
  ['decodeStream in bytes', inChunksOf(1)],
  ['decodeStream in small chunks', inChunksOf(37)],
  ['decodeStream in large chunks', inChunksOf(65_536)],
];
const FORMATS: [string, (text: string) => Buffer][] = [
  ['gzip', (text) => gzipSync(text)],
  ['zstd', (text) => zstdCompressSync(text)],
  [
    'zstd with a checksum',
    (text) => zstdCompressSync(text, { params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
  ],
];

describe.each(DECODERS)('%s', (_, decode) => {
  describe.each(FORMATS)('of %s', (__, compress) => {
    const [a, b] = [compress(line('a')), compress(line('b'))];

    it('reads all members that follow each other', async () => {
      expect(await decode(Buffer.concat([a, b, a]))).toEqual({
        bodies: ['a', 'b', 'a'],
        damage: [],
      });
    });

    it('tells of a tail that is no member, and keeps what stands before', async () => {
      const { bodies, damage } = await decode(Buffer.concat([a, b, Buffer.from('garbage')]));
      expect(bodies).toEqual(['a', 'b']);
      expect(damage).toEqual([a.length + b.length]);
    });

    it('goes on at the next member behind bytes that are none', async () => {
      const { bodies, damage } = await decode(Buffer.concat([a, Buffer.from('garbage'), b]));
      expect(bodies).toEqual(['a', 'b']);
      expect(damage).toEqual([a.length]);
    });

    it('tells of a member that is cut', async () => {
      const { bodies, damage } = await decode(Buffer.concat([a, b.subarray(0, -1)]));
      expect(bodies[0]).toEqual('a');
      expect(damage.length).toBeGreaterThan(0);
    });
  });

  it('reads the fields of a gzip header', async () => {
    const content = deflateRawSync(line('a'));
    const flags = Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3]);
    const fields = Buffer.from([2, 0, 9, 9, ...Buffer.from('name\0comment\0'), 7, 7]);
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc32(line('a')), 0);
    trailer.writeUInt32LE(line('a').length, 4);
    expect(await decode(Buffer.concat([flags, fields, content, trailer]))).toEqual({
      bodies: ['a'],
      damage: [],
    });
  });
});

describe.each(DECODERS.filter(([name]) => !name.includes('bytes')))('%s', (_, decode) => {
  it('keeps every record of a gzip member with a wrong checksum, and the next member', async () => {
    const harmed = gzipSync(many);
    harmed[harmed.length - 6] = (harmed[harmed.length - 6] ?? 0) ^ 1;
    const { bodies, damage } = await decode(Buffer.concat([harmed, gzipSync(line('b'))]));
    expect(bodies).toHaveLength(manyLines.length + 1);
    expect(damage).toHaveLength(1);
  });

  it.each(FORMATS)('keeps what came before damage inside %s', async (__, compress) => {
    const unharmed = compress(many);
    const middle = Math.floor(unharmed.length / 2);
    const harmed = Buffer.concat([unharmed.subarray(0, middle), unharmed.subarray(middle + 999)]);
    const { bodies, damage } = await decode(Buffer.concat([harmed, compress(line('last'))]));
    expect(bodies.length).toBeGreaterThan(manyLines.length * 0.3);
    expect(bodies.at(-1)).toBe('last');
    expect(damage.length).toBeGreaterThan(0);
  });
});

it('gzip headers that reach into each other over a bomb are given up soon', () => {
  const bomb = deflateRawSync(Buffer.alloc(100_000_000), { level: 9 });
  const headers = Array.from({ length: 300 }, (_, index) => {
    const header = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 3, 0, 0]);
    header.writeUInt16LE((299 - index) * header.length, 10);
    return header;
  });
  const noHeader = Buffer.from([0x1f, 0x8b, 8, 0xff, 1, 1, 1, 1]);
  const bytes = Buffer.concat([noHeader, ...headers, bomb]);
  let damage: unknown[] = [];
  const cpu = cpuMillis(() => {
    ({ damage } = decodeBytes(bytes));
  });
  expect(cpu).toBeLessThan(5_000);
  expect(damage.length).toBeGreaterThan(0);
});
