import { gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompressedFormat, compressedFormat } from '../../src/decode/compressed-format.ts';
import { decodeLogRecords, decodeStream } from '../../src/decode/index.ts';
import { MemberExpander } from '../../src/decode/member-expander.ts';
import { ZstdRuns } from '../../src/decode/zstd-runs.ts';
import { collect } from './support/collect.ts';

const MANY = 5_000;
const EMPTY_FRAME = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 0, 1, 0, 0]);
const SKIPPABLE_FRAME = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7]);
const textOf = (index: number): string => `{"body":"${index}"}\n`;
const TEXTS = Array.from({ length: MANY }, (_, index) => textOf(index));

interface Expansion {
  readonly text: string;
  readonly errors: readonly string[];
  /** How many decompressors were made. */
  readonly decompressors: number;
}

function expand(name: 'gzip' | 'zstd', bytes: Buffer, maxBytes = 10_000_000): Expansion {
  let decompressors = 0;
  const real = compressedFormat(name);
  const counting: CompressedFormat = {
    ...real,
    expand: (...args) => {
      decompressors += 1;
      return real.expand(...args);
    },
  };
  const expander = new MemberExpander(counting, bytes, maxBytes);
  expander.run();
  const text = Buffer.concat(expander.outputs).toString();
  return { text, errors: expander.errors.map(({ message }) => message), decompressors };
}

describe('many small members need few decompressors', () => {
  it('when they are empty zstd frames', () => {
    expect(expand('zstd', Buffer.alloc(MANY * EMPTY_FRAME.length, EMPTY_FRAME))).toEqual({
      text: '',
      errors: [],
      decompressors: 0,
    });
  });

  it('when they are skippable zstd frames', () => {
    const bytes = Buffer.alloc(MANY * SKIPPABLE_FRAME.length, SKIPPABLE_FRAME);
    expect(expand('zstd', bytes)).toEqual({ text: '', errors: [], decompressors: 0 });
  });

  it('when they are zstd frames too small to be compressed', () => {
    const { decompressors, errors, text } = expand(
      'zstd',
      Buffer.concat(TEXTS.map((line) => zstdCompressSync(line))),
    );
    expect(text).toBe(TEXTS.join(''));
    expect(errors).toEqual([]);
    expect(decompressors).toBe(0);
  });

  it('when they are gzip members', () => {
    const { decompressors, errors, text } = expand(
      'gzip',
      Buffer.concat(TEXTS.map((line) => gzipSync(line))),
    );
    expect(text).toBe(TEXTS.join(''));
    expect(errors).toEqual([]);
    expect(decompressors).toBeLessThan(100);
  });

  it('when some of the gzip members are damaged', () => {
    const members = TEXTS.map((line) => gzipSync(line));
    for (const index of [700, 1_500, 4_000]) members[index]?.subarray(-8).fill(0xff);
    const { decompressors, errors, text } = expand('gzip', Buffer.concat(members));
    // What a damaged member holds is kept; a line break stands behind it.
    expect(text.replace(/\n+/g, '\n')).toBe(TEXTS.join(''));
    expect(errors).toHaveLength(3);
    expect(decompressors).toBeLessThan(1_000);
  });
});

describe('members that are read together', () => {
  it('are bounded as others are', () => {
    for (const compress of [gzipSync, zstdCompressSync]) {
      const name = compress === gzipSync ? 'gzip' : 'zstd';
      const bytes = Buffer.concat(TEXTS.map((line) => compress(line)));
      const { errors, text } = expand(name, bytes, 20_000);
      expect(text.length).toBeLessThanOrEqual(20_000);
      expect(text.length).toBeGreaterThan(19_000);
      expect(errors).toEqual([expect.stringContaining('More than 20000 bytes')]);
    }
  });

  it('may have headers that look like others', () => {
    const content = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 3, 3, 0, 0x1f, 0x8b, 8]),
      gzipSync(textOf(1)).subarray(10),
    ]);
    const { errors, text } = expand('gzip', Buffer.alloc(1_000 * content.length, content));
    expect(text).toBe(textOf(1).repeat(1_000));
    expect(errors).toEqual([]);
  });

  it('are read among skippable frames, large ones and padding', () => {
    const large = 'x'.repeat(300_000);
    const bytes = Buffer.concat([
      SKIPPABLE_FRAME,
      zstdCompressSync('a'),
      zstdCompressSync(large),
      EMPTY_FRAME,
      zstdCompressSync('b'),
      Buffer.alloc(9),
    ]);
    expect(expand('zstd', bytes)).toMatchObject({ text: `a${large}b`, errors: [] });
  });

  it('come out of a stream that is cut anywhere', async () => {
    const gzip = Buffer.concat(TEXTS.slice(0, 300).map((line) => gzipSync(line)));
    const frames = TEXTS.slice(0, 300).flatMap((line) => [SKIPPABLE_FRAME, zstdCompressSync(line)]);
    for (const bytes of [gzip, Buffer.concat([zstdCompressSync(''), ...frames])]) {
      async function* chunks(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < bytes.length; at += 97) yield bytes.subarray(at, at + 97);
      }
      expect(await collect(decodeStream(chunks()))).toEqual(decodeLogRecords(bytes));
    }
  });
});

/** A frame with blocks of any kind and size, intact or not. */
const anyFrame = fc
  .record({
    descriptor: fc.constantFrom(0x20, 0x00, 0x60, 0xa0, 0x04, 0x28, 0x21, 0x10),
    header: fc.uint8Array({ maxLength: 8 }),
    blocks: fc.array(
      fc.record({
        head: fc.integer({ min: 0, max: 200 }),
        content: fc.uint8Array({ maxLength: 30 }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ blocks, descriptor, header }) =>
    Buffer.concat([
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, descriptor]),
      header,
      ...blocks.map(({ content, head }) => Buffer.from([head, 0, 0, ...content])),
    ]),
  );
/** A frame that says how large it is, mostly truly, of one block that is as it is or repeated. */
const likelyFrame = fc
  .tuple(fc.uint8Array({ maxLength: 20 }), fc.boolean(), fc.integer({ min: -1, max: 1 }))
  .map(([content, isRepeated, slip]) => {
    const size = content.length;
    const head = 1 | (isRepeated ? 2 : 0) | (size << 3);
    const held = isRepeated ? content.subarray(0, 1) : content;
    return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, (size + slip) & 0xff, head, 0, 0, ...held]);
  });

function zstdOf(bytes: Buffer): string | undefined {
  try {
    return zstdDecompressSync(bytes).toString('hex');
  } catch {
    return undefined;
  }
}

it('a frame that is read without a decompressor holds what the decompressor says', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(anyFrame, likelyFrame), (frame) => {
      const { output, usedBytes } = new ZstdRuns().expand(frame, 1_000_000);
      if (usedBytes === 0) return;
      read += 1;
      expect(output.toString('hex')).toBe(zstdOf(frame.subarray(0, usedBytes)));
    }),
    { numRuns: 5_000 },
  );
  expect(read).toBeGreaterThan(500);
});

it('a slice of gzip members that becomes large is given up', () => {
  const runs = compressedFormat('gzip').createRuns();
  const bomb = gzipSync(Buffer.alloc(1_000_000));
  const run = runs.expand(Buffer.concat([bomb, gzipSync('')]), 10_000_000);
  expect(run.usedBytes).toBe(0);
  expect(run.wastedBytes).toBeLessThan(100_000);
});
