import { expect, it } from 'vitest';
import { ByteSlabs } from '../../src/pack/byte-slabs.ts';
import type { EntryFrame } from '../../src/pack/entry-frame.ts';
import type { MemoryPlace } from '../../src/pack/slab-entry.ts';
import { frameOf } from '../support/frame-of.ts';

const FRAME = frameOf('<<', '>', 512);
const FIRST_SLAB = 8192;

const written = ({ length, memory, start }: MemoryPlace): string =>
  memory.toString('utf8', start, start + length);

/** Slabs of 64 KiB, or of what a request has where that is more, in which so many bytes are in use. */
function slabsWith(usedBytes: number): ByteSlabs {
  const slabs = new ByteSlabs(undefined, (requestBytes) => Math.max(65_536, requestBytes));
  slabs.store(Buffer.alloc(FIRST_SLAB));
  slabs.store(Buffer.alloc(1));
  slabs.extend(usedBytes - 1);
  return slabs;
}

/** Writes an entry in place, and keeps it. */
function keep(slabs: ByteSlabs, requestBytes?: number, frame: EntryFrame | undefined = FRAME) {
  const text = '<<entry>';
  slabs.memory.write(text, slabs.used);
  return slabs.keep(text.length, 5, requestBytes, frame);
}

it('room is kept before the first entry of a request', () => {
  const slabs = slabsWith(100);
  const place = keep(slabs, 0);
  expect(place).toMatchObject({ start: 612, roomLength: 512, byteCount: 5, frame: FRAME });
  expect(written(place)).toBe('<<entry>');
  expect(slabs.used).toBe(620);
});

it('no room is kept before an entry that begins no request, and none for one without a frame', () => {
  const slabs = slabsWith(100);
  expect(keep(slabs)).toMatchObject({ start: 100, roomLength: 0 });
  slabs.memory.write('plain', slabs.used);
  const plain = slabs.keep(5, 5, 0);
  expect(plain).toMatchObject({ start: 108, roomLength: 0, frame: undefined });
  expect(written(plain)).toBe('plain');
});

it('an entry moves no further than its memory goes: to its last byte, or not at all', () => {
  const fitting = keep(slabsWith(65_536 - 512 - 8), 0);
  expect(fitting).toMatchObject({ start: 65_528, roomLength: 512 });
  expect(written(fitting)).toBe('<<entry>');
  const close = keep(slabsWith(65_536 - 512 - 7), 0);
  expect(close).toMatchObject({ start: 65_017, roomLength: 0 });
  expect(written(close)).toBe('<<entry>');
});

it('an entry that is longer than the room moves over where it lay', () => {
  const slabs = slabsWith(10);
  const text = `<<${Array.from({ length: 900 }, (_, index) => index).join()}>`;
  slabs.memory.write(text, slabs.used);
  expect(written(slabs.keep(text.length, text.length - 3, 0, FRAME))).toBe(text);
});

it('room is kept at the start of the slab that a request begins', () => {
  const slabs = slabsWith(60_000);
  const first = keep(slabs, 100_000);
  expect(first.memory).toHaveLength(100_000);
  expect(first).toMatchObject({ start: 512, roomLength: 512 });
  expect(written(first)).toBe('<<entry>');
  const next = keep(slabs);
  expect(next.memory === first.memory).toBe(true);
  expect(next.start).toBe(520);
});

it('no slab is begun for an entry that would not fit it with its room', () => {
  const slabs = slabsWith(100);
  keep(slabs, 100_000);
  slabs.extend(30_300 - slabs.used);
  const { memory } = slabs;
  const kept = slabs.keep(69_600, 69_597, 70_000, FRAME);
  expect([kept.memory === memory, kept.start, kept.roomLength]).toEqual([true, 30_300, 0]);
});

it('a copy of what lies elsewhere has neither frame nor room', () => {
  const slabs = slabsWith(100);
  for (const bytes of [10, 20_000]) {
    const place = slabs.store(Buffer.alloc(bytes), bytes, 0);
    expect(place).toMatchObject({ frame: undefined, roomLength: 0 });
  }
});
