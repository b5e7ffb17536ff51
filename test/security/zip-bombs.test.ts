import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { DecodeError, decodeLogRecords, decodeStream } from 'collectorless/decode';
import { createLogRecord } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import { createEncoder } from '../../src/encode/encoders.ts';
import { tempFolder } from '../support/temp-folder.ts';

const MIB = 1024 * 1024;
const child = new URL('./children/decode-bomb.ts', import.meta.url).pathname;

async function decodeInChild(
  bytes: Uint8Array,
  way: 'bytes' | 'base64' | 'stream',
): Promise<{ records: number; code: string; peakMegabytes: number }> {
  const path = join(tempFolder(), 'bomb');
  writeFileSync(path, bytes);
  const { stdout } = await promisify(execFile)(process.execPath, [child, path, way]);
  return JSON.parse(stdout);
}

/** 128 MiB in some kilobytes. */
const bombs: Readonly<Record<string, () => Buffer>> = {
  'one gzip member': () => gzipSync(Buffer.alloc(128 * MIB, 'x')),
  'many gzip members': () =>
    Buffer.concat(Array<Buffer>(32).fill(gzipSync(Buffer.alloc(4 * MIB, 'x')))),
  'one zstd frame': () => zstdCompressSync(Buffer.alloc(128 * MIB, 'x')),
  'many zstd frames': () =>
    Buffer.concat(Array<Buffer>(32).fill(zstdCompressSync(Buffer.alloc(4 * MIB, 'x')))),
};

/** A process that only loads the decoder has some 60 MB; it may expand to 16 MiB. */
const MAX_PEAK_MEGABYTES = 180;
/** Besides, 4 KB of a stream are expanded at a time: 128 MiB at most, with zstd. */
const MAX_STREAM_PEAK_MEGABYTES = 400;

describe.each(Object.entries(bombs))('a bomb of %s', (name, make) => {
  it('is refused before it fills the memory', async () => {
    const { code, peakMegabytes } = await decodeInChild(make(), 'bytes');
    // Of many members those are read that fit.
    expect(name.startsWith('one') ? ['ERR_DECODE'] : ['ERR_DECODE', '']).toContain(code);
    expect(peakMegabytes).toBeLessThan(MAX_PEAK_MEGABYTES);
  });

  it('does not fill the memory in base64', async () => {
    const { peakMegabytes } = await decodeInChild(make(), 'base64');
    expect(peakMegabytes).toBeLessThan(MAX_PEAK_MEGABYTES);
  });

  it('is told of', () => {
    const errors: unknown[] = [];
    decodeLogRecords(make(), {
      maxDecompressedBytes: MIB,
      onError: ({ error }) => errors.push(error),
    });
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toBeInstanceOf(DecodeError);
  });
});

it.each(['one gzip member', 'one zstd frame'])('a stream of %s stays bounded', async (name) => {
  const { peakMegabytes } = await decodeInChild(bombs[name]?.() ?? Buffer.alloc(0), 'stream');
  expect(peakMegabytes).toBeLessThan(MAX_STREAM_PEAK_MEGABYTES);
});

it('what is compressed twice is not expanded twice', () => {
  const record = Buffer.from(createEncoder('json').encode(createLogRecord({ body: 'inside' })));
  for (const compress of [gzipSync, zstdCompressSync]) {
    const bodies = decodeLogRecords(compress(compress(record)), { onError: () => {} });
    expect(JSON.stringify(bodies)).not.toContain('inside');
  }
});

/** Lengths that bytes only claim to have. */
const claims: Readonly<Record<string, Buffer>> = {
  'an array of 4 billion': Buffer.from('81a4626f6479ddffffffff', 'hex'),
  'a map of 4 billion': Buffer.from('dfffffffff', 'hex'),
  'a text of 4 GB': Buffer.from('81a4626f6479dbffffffff', 'hex'),
  'bytes of 4 GB': Buffer.from('81a4626f6479c6ffffffff', 'hex'),
  'an extension of 4 GB': Buffer.from('81a4626f6479c9ffffffff05', 'hex'),
  'arrays in arrays': Buffer.concat([Buffer.from('81a4626f6479', 'hex'), Buffer.alloc(MIB, 0x91)]),
};

it.each(Object.entries(claims))('MessagePack with %s is a DecodeError', async (_, bytes) => {
  expect(() => decodeLogRecords(bytes, { encoding: 'msgpack' })).toThrow(DecodeError);
  const chunks = (async function* () {
    yield bytes;
  })();
  await expect(
    (async () => {
      for await (const record of decodeStream(chunks, { encoding: 'msgpack' }))
        expect(record).toBe(0);
    })(),
  ).rejects.toThrow(DecodeError);
});

it.each([
  ['arrays', '['],
  ['objects', '{"a":'],
])('a million nested %s in JSON do no harm', (_, open) => {
  for (const text of [open.repeat(1_000_000), `{"body":${open.repeat(1_000_000)}`]) {
    const errors: unknown[] = [];
    const records = decodeLogRecords(text, { onError: ({ error }) => errors.push(error) });
    expect(records.length).toBeLessThanOrEqual(1);
    for (const error of errors) expect(error).toBeInstanceOf(DecodeError);
  }
});
