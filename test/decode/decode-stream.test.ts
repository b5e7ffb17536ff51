import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeStream } from '../../src/decode/decode-stream.ts';
import { createEncoder } from '../../src/encode/encoders.ts';
import { makeRecord, textOf } from '../encode/support/records.ts';
import { collect } from './support/collect.ts';

const json = createEncoder('json');
const line = (body: unknown): string => `${textOf(json.encode(makeRecord({ body })))}\n`;

async function* chunks(bytes: Uint8Array | string, size = 7): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.from(bytes as Uint8Array);
  for (let start = 0; start < buffer.length; start += size)
    yield buffer.subarray(start, start + size);
}

async function bodiesOf(source: AsyncIterable<Uint8Array>): Promise<unknown[]> {
  return (await collect(decodeStream(source))).map((record) => record.body);
}

describe('decodeStream', () => {
  it.each<[string, Uint8Array | string]>([
    ['lines', line('a') + line('b')],
    ['gzip', gzipSync(line('a') + line('b'))],
    ['gzip members in a row', Buffer.concat([gzipSync(line('a')), gzipSync(line('b'))])],
    ['zstd', zstdCompressSync(line('a') + line('b'))],
    ['plain text', 'a\nb'],
  ])('decodes %s in small chunks', async (_, bytes) => {
    expect(await bodiesOf(chunks(bytes))).toEqual(['a', 'b']);
    expect(await bodiesOf(chunks(bytes, 1))).toEqual(['a', 'b']);
  });

  it('gives records before the stream ends', async () => {
    let requested = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        requested++;
        yield Buffer.from(line(requested));
      }
    }
    const seen: unknown[] = [];
    for await (const record of decodeStream(endless())) {
      seen.push(record.body);
      if (seen.length === 50) break;
    }
    expect(seen.at(-1)).toBe(50);
    expect(requested).toBeLessThan(60);
  });

  it('holds no more than one record of a stream of a hundred megabytes', async () => {
    const block = Buffer.from(line('x'.repeat(1_000)).repeat(500));
    async function* long(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < 200; index++) yield block;
    }
    let count = 0;
    let most = 0;
    for await (const _ of decodeStream(long())) {
      if (count++ % 1_000 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
    expect(count).toBe(100_000);
    expect(most).toBeLessThan(80_000_000);
  });

  it('gives up a record that is larger than the limit and goes on', async () => {
    const source = chunks(line('a') + line('x'.repeat(100_000)) + line('b'), 1_000);
    const damage: number[] = [];
    const records = decodeStream(source, {
      maxDecompressedBytes: 10_000,
      onError: ({ position }) => damage.push(position),
    });
    const bodies = (await collect(records)).map((record) => record.body);
    expect(bodies).toEqual(['a', 'b']);
    expect(damage[0]).toBe(line('a').length);
  });

  it('keeps what came before damaged compression', async () => {
    const text = Array.from({ length: 5_000 }, (_, index) =>
      line(`${index} ${Math.sin(index)}`),
    ).join('');
    const errors: unknown[] = [];
    const source = chunks(gzipSync(text).subarray(0, -1_000), 1_000);
    const records = await collect(
      decodeStream(source, { onError: ({ error }) => errors.push(error) }),
    );
    expect(records.length).toBeGreaterThan(1_000);
    expect(errors[0]).toMatchObject({ code: 'ERR_DECODE' });
  });

  it('throws when nothing was decoded, and passes the error of its source on', async () => {
    await expect(collect(decodeStream(chunks('{"a')))).rejects.toMatchObject({
      code: 'ERR_DECODE',
    });
    async function* failing(prefix: Uint8Array): AsyncGenerator<Uint8Array> {
      yield prefix;
      throw new Error('disk');
    }
    await expect(collect(decodeStream(failing(Buffer.from(line('a')))))).rejects.toThrow('disk');
    await expect(collect(decodeStream(failing(gzipSync(line('a')))))).rejects.toThrow('disk');
  });
});
