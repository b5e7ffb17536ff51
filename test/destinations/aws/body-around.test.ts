import { describe, expect, it } from 'vitest';
import { bodyAround } from '../../../src/destinations/aws/body-around.ts';
import { RecordEntry } from '../../../src/exporter/record-entry.ts';
import { ReusedMemory } from '../../../src/exporter/reused-memory.ts';
import { BY_ITSELF, ByteSlabs } from '../../../src/pack/byte-slabs.ts';
import type { EntryFrame } from '../../../src/pack/entry-frame.ts';
import { frameOf } from '../../support/frame-of.ts';

const KEPT_BYTES = 8 * 1024 * 1024;

const SLAB = 65_536;
const FRAME = frameOf('<<', '>>', 20);
const NO_ROOM: EntryFrame = { ...FRAME, roomLength: 0 };
const TIMES = { timeMillis: 0, acceptedAtMillis: 0, packedAtMillis: 0 };
const CONTENT = { recordCount: 1, tickets: undefined, splits: undefined };

/** An entry in memory that is used again, and whether that memory is there for others. */
function entryIn(buffers: ReusedMemory, frame?: EntryFrame) {
  const slabs = new ByteSlabs(buffers);
  slabs.store(Buffer.alloc(8192));
  slabs.store(Buffer.from('before')).slab?.release(1);
  const text = '<<entry>>';
  slabs.memory.write(text, slabs.used);
  const place = slabs.keep(text.length, 5, 0, frame);
  slabs.memory.write('behind', slabs.used);
  const { memory } = place;
  // A slab is only given back when the next one has begun.
  const closeSlab = (): void => {
    slabs.extend(SLAB - slabs.used);
    slabs.store(Buffer.alloc(100));
  };
  const isFree = (): boolean => buffers.take(SLAB) === memory;
  return { entry: new RecordEntry(place, CONTENT, TIMES, 1), closeSlab, isFree, memory };
}

const textOf = (bytes: Uint8Array | undefined): string => String(bytes && Buffer.from(bytes));

describe('a body around entries', () => {
  it('is their memory, and changes none that is not theirs', () => {
    const { entry, memory } = entryIn(new ReusedMemory(KEPT_BYTES), FRAME);
    const body = bodyAround([entry], '{é', '!}');
    expect(textOf(body?.bytes())).toBe('{é<<entry!}');
    expect(body?.bytes().buffer).toBe(memory.buffer);
    expect(textOf(memory.subarray(0, 6))).toBe('before');
    expect(textOf(memory.subarray(6 + 20 + 9, 6 + 20 + 9 + 6))).toBe('behind');
    expect(textOf(entry.bytes)).toBe('entry');
  });

  it('is the same when it is made again', () => {
    const { entry } = entryIn(new ReusedMemory(KEPT_BYTES), FRAME);
    const [first, second] = [1, 2].map(() => bodyAround([entry], '{', '!}'));
    expect(textOf(first?.bytes())).toBe('{<<entry!}');
    expect(textOf(second?.bytes())).toBe('{<<entry!}');
  });

  it('takes all of the room, but no more', () => {
    for (const [bytes, isBody] of [
      [20, true],
      [21, false],
    ] as const) {
      const { entry, memory } = entryIn(new ReusedMemory(KEPT_BYTES), FRAME);
      const before = Buffer.from(memory);
      expect(bodyAround([entry], 'x'.repeat(bytes), '!}') !== undefined).toBe(isBody);
      expect(bodyAround([entry], 'é'.repeat(11), '!}')).toBeUndefined();
      expect(memory.subarray(0, 6).equals(before.subarray(0, 6))).toBe(true);
      if (!isBody) expect(memory.equals(before)).toBe(true);
    }
  });

  it.each([
    ['without a frame', undefined],
    ['without room', NO_ROOM],
    ['whose frame ends otherwise', { ...FRAME, behind: Buffer.from('>') }],
  ])('is not made of entries %s', (_what, frame) => {
    const { entry } = entryIn(new ReusedMemory(KEPT_BYTES), frame);
    expect(bodyAround([entry], '{', '!}')).toBeUndefined();
  });

  it('is not made of several, of none, or of one that lies somewhere by itself', () => {
    const { entry } = entryIn(new ReusedMemory(KEPT_BYTES), FRAME);
    const { entry: other } = entryIn(new ReusedMemory(KEPT_BYTES), FRAME);
    for (const entries of [[entry, other], [], [{ ...entry, bytes: entry.bytes }]])
      expect(bodyAround(entries, '{', '!}')).toBeUndefined();
  });
});

describe('the memory of a body around entries', () => {
  it('is not used again before the body is released, delivered or not', () => {
    const { closeSlab, entry, isFree } = entryIn(new ReusedMemory(KEPT_BYTES), FRAME);
    const body = bodyAround([entry], '{', '!}');
    closeSlab();
    entry.slab?.release(1);
    expect(isFree()).toBe(false);
    body?.release();
    expect(isFree()).toBe(true);
  });

  it('is not used again before its entries are delivered', () => {
    const { closeSlab, entry, isFree } = entryIn(new ReusedMemory(KEPT_BYTES), FRAME);
    bodyAround([entry], '{', '!}')?.release();
    closeSlab();
    expect(isFree()).toBe(false);
    entry.slab?.release(1);
    expect(isFree()).toBe(true);
  });

  it('is not used again while an earlier attempt may still send it', () => {
    const { closeSlab, entry, isFree } = entryIn(new ReusedMemory(KEPT_BYTES), FRAME);
    bodyAround([entry], '{', '!}');
    bodyAround([entry], '{', '!}')?.release();
    closeSlab();
    entry.slab?.release(1);
    expect(isFree()).toBe(false);
  });

  it('may be none that is used again', () => {
    const { entry } = entryIn(new ReusedMemory(KEPT_BYTES), FRAME);
    const { frame, length, memory, roomLength, start } = entry;
    const size = { length, byteCount: 5 };
    const place = { ...BY_ITSELF, ...size, frame, memory, roomLength, start, slab: undefined };
    const body = bodyAround([new RecordEntry(place, CONTENT, TIMES, 1)], '{', '!}');
    expect(textOf(body?.bytes())).toBe('{<<entry!}');
    expect(() => body?.release()).not.toThrow();
  });
});
