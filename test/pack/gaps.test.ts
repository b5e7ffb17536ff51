import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapBehindRecord } from '../../src/destinations/firehose/records-body.ts';
import { ByteSlabs } from '../../src/pack/byte-slabs.ts';
import type { MemorySource } from '../../src/pack/slab.ts';
import type { MemoryPlace, SlabEntry } from '../../src/pack/slab-entry.ts';
import { GrowingEntry } from '../support/growing-entry.ts';

const LEFT_OVER = 0xee;
const USED_BEFORE: MemorySource = {
  take: (bytes) => Buffer.alloc(bytes, LEFT_OVER),
  giveBack() {},
};
const slabsWithGaps = (): ByteSlabs => {
  const slabs = new ByteSlabs(USED_BEFORE, undefined, gapBehindRecord);
  slabs.store(Buffer.alloc(8192));
  slabs.store(Buffer.alloc(1));
  return slabs;
};

const write = (slabs: ByteSlabs, text: string): number => slabs.memory.write(text, slabs.used);
const textOf = ({ bytes }: SlabEntry): string => Buffer.from(bytes).toString();
const endOf = ({ length, start }: MemoryPlace): number => start + length;

describe('a gap behind each entry', () => {
  it('lies between entries that come one after the other, and is told with their places', () => {
    const slabs = slabsWithGaps();
    const first = slabs.keep(write(slabs, 'abcd'));
    const second = slabs.keep(write(slabs, 'efg'));
    expect(second.start - endOf(first)).toBe(11);
    expect(slabs.used - endOf(second)).toBe(9);
    expect(second.gapBehind).toBe(gapBehindRecord);
    expect([first.memory === second.memory, second.byteCount]).toEqual([true, 3]);
  });

  it('lies behind what is kept as a part of the entry before it too', () => {
    const slabs = slabsWithGaps();
    const { start } = slabs.keep(write(slabs, 'abcd'));
    slabs.extend(write(slabs, 'ef'));
    expect(slabs.used).toBe(start + 15 + 12);
  });

  it('holds nothing of what the memory was used for before', () => {
    const slabs = slabsWithGaps();
    const place = slabs.keep(write(slabs, 'abcd'));
    const behind = place.memory.subarray(endOf(place));
    expect([...behind.subarray(0, 12)]).toEqual([...Buffer.alloc(11), LEFT_OVER]);
  });

  it('ends with the memory, where nothing comes behind it', () => {
    const slabs = slabsWithGaps();
    const left = slabs.memory.length - slabs.used;
    const place = slabs.keep(left - 4);
    expect(slabs.used).toBe(place.memory.length);
    expect([...place.memory.subarray(-5)]).toEqual([LEFT_OVER, 0, 0, 0, 0]);
    const next = slabs.store(Buffer.from('next'));
    expect(next.memory === place.memory).toBe(false);
  });

  it('is no part of what is read, however many entries became one', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 40 }), { minLength: 1 });
    fc.assert(
      fc.property(texts, (written) => {
        const slabs = slabsWithGaps();
        const [first = '', ...others] = written;
        const run = new GrowingEntry(slabs.keep(write(slabs, first)));
        for (const text of others) {
          const length = write(slabs, text);
          expect(run.isFollowedBy(slabs.memory, slabs.used)).toBe(true);
          expect(run.isFollowedBy(slabs.memory, slabs.used - 1)).toBe(false);
          slabs.extend(length);
          run.takeIn(length);
        }
        expect(textOf(run)).toBe(written.join(''));
        expect(run.byteCount).toBe(written.join('').length);
        expect(run.isNested).toBe(false);
      }),
    );
  });

  it('keeps the bytes of a single entry where they lie', () => {
    const slabs = slabsWithGaps();
    const run = new GrowingEntry(slabs.keep(write(slabs, 'abcd')));
    expect(run.bytes.buffer === slabs.memory.buffer).toBe(true);
  });
});
