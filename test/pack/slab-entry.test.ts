import { describe, expect, it } from 'vitest';
import { byteCountOf, type MemoryPlace } from '../../src/pack/slab-entry.ts';
import { frameOf } from '../support/frame-of.ts';
import { GrowingEntry } from '../support/growing-entry.ts';

const FRAME = frameOf('[?$', '$]', 4);

const BEFORE = '....';
const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && Buffer.from(bytes).toString();

/** An entry of which the first so many bytes are its own, and the rest is that of others. */
function entryOf(text: string, place: Partial<MemoryPlace> = {}): GrowingEntry {
  const memory = Buffer.from(`${BEFORE}${text}`);
  const { byteCount = text.length, frame, gapBehind, length = text.length } = place;
  return new GrowingEntry({
    memory,
    byteCount,
    frame,
    gapBehind,
    length,
    roomLength: BEFORE.length,
    start: BEFORE.length,
  });
}

describe('an entry in memory that it shares', () => {
  it('is read without the frame that lies around it', () => {
    const entry = entryOf('[1$plain$]', { frame: FRAME, byteCount: 5 });
    expect(entry.isNested).toBe(false);
    expect(textOf(entry.bytes)).toBe('plain');
    expect(entry.nested).toBeUndefined();
    expect(byteCountOf(entry)).toBe(5);
    expect([entry.frame, entry.roomLength, entry.length]).toEqual([FRAME, 4, 10]);
  });

  it('is read without the frame where it lies nested, in either form', () => {
    const entry = entryOf('[1$a\\"b$]', { frame: FRAME, byteCount: 3 });
    expect(entry.isNested).toBe(true);
    expect(textOf(entry.bytes)).toBe('a"b');
    expect(textOf(entry.nested)).toBe('a\\"b');
  });

  it('is read without the frame of each that it has taken in', () => {
    const text = '[1$\\"$][2$b\\\\$][3$$]';
    const entry = entryOf(text, { frame: FRAME, length: 7, byteCount: 1 });
    expect(textOf(entry.bytes)).toBe('"');
    entry.takeIn(8, 2);
    expect(textOf(entry.bytes)).toBe('"b\\');
    entry.takeIn(5, 0);
    expect(textOf(entry.bytes)).toBe('"b\\');
    expect(textOf(entry.nested)).toBe('\\"b\\\\');
    expect([entry.length, entry.byteCount]).toEqual([20, 3]);
  });

  it('without a frame is read where it lies', () => {
    const entry = entryOf('abc', { length: 2, byteCount: 2 });
    expect(textOf(entry.bytes)).toBe('ab');
    expect(entry.bytes.buffer).toBe(entry.memory.buffer);
    expect(entry.isFollowedBy(entry.memory, 6)).toBe(true);
    expect(entry.isFollowedBy(entry.memory, 7)).toBe(false);
    expect(entry.isFollowedBy(Buffer.alloc(9), 6)).toBe(false);
    entry.takeIn(1, 1);
    expect(textOf(entry.bytes)).toBe('abc');
  });

  it('has as many bytes as it says, and as there are where nothing says it', () => {
    expect(byteCountOf(entryOf('[1$a\\"b$]', { frame: FRAME, byteCount: 3 }))).toBe(3);
    expect(byteCountOf({ bytes: Buffer.alloc(7) })).toBe(7);
  });
});
