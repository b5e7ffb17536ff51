import { describe, expect, it } from 'vitest';
import { ByteSlabs } from '../../src/pack/byte-slabs.ts';
import type { MemoryPlace } from '../../src/pack/slab-entry.ts';

const bytesAt = ({ byteCount, memory, start }: MemoryPlace): Buffer =>
  memory.subarray(start, start + byteCount);

/** A request has a piece that is a little larger than itself. */
const requestSlabs = (): ByteSlabs =>
  new ByteSlabs(undefined, (requestBytes) => Math.max(65_536, requestBytes * (9 / 8)));

describe('memory for the bytes of entries', () => {
  it('holds a copy that does not change when the original does', () => {
    const original = Buffer.from('abc');
    const stored = bytesAt(new ByteSlabs().store(original));
    original.fill('x');
    expect(stored.toString()).toBe('abc');
  });

  it('lies close together for small entries that come one after the other', () => {
    const slabs = new ByteSlabs();
    const stored = Array.from({ length: 100 }, (_, index) =>
      bytesAt(slabs.store(Buffer.alloc(50, index))),
    );
    expect(new Set(stored.map((bytes) => bytes.buffer)).size).toBe(1);
    expect(stored.every((bytes, index) => bytes.every((byte) => byte === index))).toBe(true);
  });

  it('grows from a small first piece to larger ones, so that a quiet target takes little', () => {
    const slabs = new ByteSlabs();
    const first = bytesAt(slabs.store(Buffer.alloc(8000)));
    const second = bytesAt(slabs.store(Buffer.alloc(8000)));
    expect(first.buffer.byteLength).toBe(8192);
    expect(second.buffer.byteLength).toBe(65_536);
  });

  it('is of its own for a large entry, which never pins the memory of others', () => {
    const slabs = new ByteSlabs();
    slabs.store(Buffer.alloc(10));
    const large = bytesAt(slabs.store(Buffer.alloc(8193, 1)));
    expect(large.buffer.byteLength).toBe(8193);
    expect(large.every((byte) => byte === 1)).toBe(true);
  });

  it('keeps what was written in place where it is', () => {
    const slabs = new ByteSlabs();
    slabs.store(Buffer.from('before'));
    slabs.memory.write('in place', slabs.used);
    const kept = slabs.keep(8);
    slabs.store(Buffer.from('after'));
    expect(bytesAt(kept).toString()).toBe('in place');
  });

  it('holds an entry without bytes', () => {
    expect(bytesAt(new ByteSlabs().store(Buffer.alloc(0)))).toHaveLength(0);
  });

  it('has a request in one piece: it begins anew where too little is left for all of it', () => {
    const slabs = requestSlabs();
    slabs.store(Buffer.alloc(8192));
    slabs.store(Buffer.alloc(8000));
    slabs.memory.write('in place', slabs.used);
    const first = slabs.keep(8, 8, 100_000);
    expect(first.memory).toHaveLength(112_500);
    expect([first.start, `${bytesAt(first)}`]).toEqual([0, 'in place']);
    slabs.extend(60_000);
    slabs.memory.write('the next', slabs.used);
    const next = slabs.keep(8, 8, 100_000);
    expect(next.memory === first.memory).toBe(false);
    expect([next.start, `${bytesAt(next)}`]).toEqual([0, 'the next']);
  });

  it('has a request of large entries in one piece too, which never lie there before they are stored', () => {
    const slabs = requestSlabs();
    const stored = Array.from({ length: 12 }, (_, index) =>
      slabs.store(
        Buffer.alloc(20_000, index),
        20_000,
        index % 5 === 0 ? 200_000 * Math.sign(index) : undefined,
      ),
    );
    const [second = [], third = []] = [stored.slice(5, 10), stored.slice(10)];
    expect(second.map(({ start }) => start)).toEqual([0, 20_000, 40_000, 60_000, 80_000]);
    expect(new Set(second.map(({ memory }) => memory)).size).toBe(1);
    expect(third.map(({ start }) => start)).toEqual([0, 20_000]);
    expect(stored.every((place, index) => bytesAt(place).every((byte) => byte === index))).toBe(
      true,
    );
  });

  it('is not given back before what lies there is moved', () => {
    const used = new Set<Buffer>();
    const slabs = new ByteSlabs(
      {
        take: (bytes) => Buffer.alloc(bytes),
        giveBack(memory) {
          used.add(memory.fill(0));
        },
      },
      (requestBytes) => Math.max(65_536, requestBytes),
    );
    slabs.store(Buffer.alloc(8192));
    slabs.store(Buffer.alloc(8000)).slab?.release(1);
    slabs.memory.write('in place', slabs.used);
    expect(`${bytesAt(slabs.keep(8, 8, 100_000))}`).toBe('in place');
    expect(used.size).toBe(1);
  });

  it('takes further requests as long as there is room for all of each', () => {
    const slabs = requestSlabs();
    slabs.store(Buffer.alloc(8192));
    const first = slabs.keep(8, 8, 100_000);
    const second = slabs.keep(8, 8, 70_000);
    expect(second.memory === first.memory).toBe(true);
    expect(second.start).toBe(8);
  });

  it('stays where it was written when it would not fit a new piece', () => {
    const slabs = requestSlabs();
    slabs.store(Buffer.alloc(8192));
    slabs.keep(880_000, 880_000, 880_000);
    slabs.memory.fill('x', slabs.used);
    const kept = slabs.keep(70_000, 70_000, 110_000);
    expect(kept.start).toBe(880_000);
    expect(bytesAt(kept).every((byte) => byte === 0x78)).toBe(true);
  });

  it('begins anew where an entry may not fit what is left of a large piece, never for an eighth of it', () => {
    const slabs = requestSlabs();
    slabs.store(Buffer.alloc(8192));
    const first = slabs.keep(98_000, 98_000, 100_000);
    slabs.makeRoom(14_000);
    expect(slabs.memory === first.memory).toBe(true);
    slabs.makeRoom(1_000_000);
    expect(slabs.memory === first.memory).toBe(true);
    slabs.extend(500);
    slabs.makeRoom(14_001);
    expect(slabs.memory === first.memory).toBe(false);
    expect(slabs.used).toBe(0);
  });

  it('uses a small piece to its end', () => {
    const slabs = new ByteSlabs();
    slabs.store(Buffer.alloc(8192));
    const { memory } = slabs.store(Buffer.alloc(8000));
    slabs.extend(57_000);
    slabs.makeRoom(2000);
    expect(slabs.memory === memory).toBe(true);
  });

  it('has room at once for an entry that is too large for the small first piece', () => {
    const slabs = new ByteSlabs(undefined, () => 1_000_000);
    expect(bytesAt(slabs.store(Buffer.alloc(50_000, 1)))).toHaveLength(50_000);
  });

  describe('where lines become one entry', () => {
    const room = (_: number, linesBytes = 0): number => Math.max(65_536, 3 * linesBytes);
    const write = (slabs: ByteSlabs, length: number, linesBytes?: number): MemoryPlace => {
      slabs.makeRoom(length);
      if (slabs.used + length > slabs.memory.length) slabs.store(Buffer.alloc(0));
      return slabs.keep(length, length, undefined, undefined, linesBytes);
    };

    const isThere = (place: MemoryPlace, memory: Buffer): boolean => place.memory === memory;

    it('begins anew where the lines do not fit what is left of a slab that others begin', () => {
      const slabs = new ByteSlabs(undefined, room);
      slabs.store(Buffer.alloc(8192));
      const { memory } = slabs.store(Buffer.alloc(8000));
      const second = write(slabs, 100, 50_000);
      expect([isThere(second, memory), second.start]).toEqual([true, 8000]);
      const first = write(slabs, 100, 60_000);
      expect([isThere(first, memory), first.start]).toEqual([false, 0]);
    });

    it('goes on in one that lines begin, unless little is left of it', () => {
      const slabs = new ByteSlabs(undefined, room);
      slabs.store(Buffer.alloc(8192));
      slabs.store(Buffer.alloc(8000));
      const { memory } = write(slabs, 100, 60_000);
      expect(memory).toHaveLength(180_000);
      slabs.extend(129_900);
      const second = write(slabs, 100, 60_000);
      expect([isThere(second, memory), second.start]).toEqual([true, 130_000]);
      slabs.extend(29_900);
      const next = write(slabs, 100, 60_000);
      expect([isThere(next, memory), next.start]).toEqual([false, 0]);
    });

    it('begins anew too in one that others begin behind one that lines began', () => {
      const slabs = new ByteSlabs(undefined, room);
      slabs.store(Buffer.alloc(8192));
      slabs.store(Buffer.alloc(8000));
      write(slabs, 100, 60_000);
      slabs.extend(179_900);
      const { memory } = slabs.store(Buffer.alloc(8000));
      slabs.extend(120_000);
      const next = write(slabs, 100, 60_000);
      expect([isThere(next, memory), next.start]).toEqual([false, 0]);
    });

    it('begins anew where they fill the next one to the last byte', () => {
      const slabs = new ByteSlabs();
      slabs.store(Buffer.alloc(8192));
      const { memory } = slabs.store(Buffer.alloc(8000));
      const next = write(slabs, 100, 65_536);
      expect([isThere(next, memory), next.start]).toEqual([false, 0]);
    });

    it('goes on where they would not fit the next one either', () => {
      const slabs = new ByteSlabs();
      slabs.store(Buffer.alloc(8192));
      const { memory } = slabs.store(Buffer.alloc(8000));
      const next = write(slabs, 100, 70_000);
      expect([isThere(next, memory), next.start]).toEqual([true, 8000]);
    });

    it('asks for room for several of them', () => {
      const slabs = new ByteSlabs(undefined, room);
      slabs.store(Buffer.alloc(8192));
      slabs.store(Buffer.alloc(100));
      for (let count = 0; count < 8; count += 1) slabs.store(Buffer.alloc(8100));
      write(slabs, 10, 30_000);
      expect(slabs.memory).toHaveLength(90_000);
    });
  });
});
