import { expect, it } from 'vitest';
import { BodyMemory } from '../../../src/destinations/http/body-memory.ts';
import { RecordEntry } from '../../../src/exporter/record-entry.ts';
import { ReusedMemory } from '../../../src/exporter/reused-memory.ts';
import { ByteSlabs } from '../../../src/pack/byte-slabs.ts';
import type { PackedEntry } from '../../../src/pack/packed-entry.ts';

const KIB = 1024;

/** Entries that lie one after the other, and what was given back of the memory in which they do. */
function entriesOf(count: number) {
  const givenBack: Buffer[] = [];
  const slabs = new ByteSlabs({
    take: (bytes) => Buffer.alloc(bytes),
    giveBack: (memory) => givenBack.push(memory),
  });
  // The first, small piece is never given back.
  slabs.store(Buffer.alloc(8 * KIB));
  const content = { recordCount: 1, tickets: undefined, splits: undefined };
  const times = { timeMillis: 0, acceptedAtMillis: 0, packedAtMillis: 0 };
  const entries = Array.from({ length: count }, (_, index) => {
    const place = slabs.store(Buffer.alloc(KIB, 97 + index));
    return new RecordEntry(place, content, times, index);
  });
  return { entries, givenBack, slabs };
}

it('a body is what lies in one piece already, and holds it after its entries have let it go', () => {
  const { entries, givenBack, slabs } = entriesOf(10);
  const memory = new BodyMemory(new ReusedMemory(8 * 1024 * 1024));
  const body = memory.join(entries);
  expect(body.buffer).toBe(entries[0]?.memory.buffer);
  expect(Buffer.from(body).equals(Buffer.concat(entries.map(({ bytes }) => bytes)))).toBe(true);
  for (const { slab } of entries) slab?.release(1);
  // Others fill what is left of it, and are let go too.
  for (let stored = 0; stored < 64; stored += 1) slabs.store(Buffer.alloc(KIB)).slab?.release(1);
  expect(givenBack).toEqual([]);
  memory.release();
  memory.release();
  expect(givenBack).toEqual([entries[0]?.memory]);
});

it.each<[string, (entries: readonly PackedEntry[]) => readonly PackedEntry[]]>([
  ['there is a gap', (entries) => entries.toSpliced(3, 1)],
  [
    'an entry lies elsewhere',
    (entries) => {
      const elsewhere = {
        bytes: Buffer.from('elsewhere'),
        recordCount: 1,
        timeMillis: 0,
        sequence: 3,
      };
      return entries.with(3, elsewhere);
    },
  ],
])('a body is put together where %s', (_, change) => {
  const { entries } = entriesOf(10);
  const changed = change(entries);
  const body = new BodyMemory(new ReusedMemory(8 * 1024 * 1024)).join(changed);
  expect(body.buffer === entries[0]?.memory.buffer).toBe(false);
  expect(Buffer.from(body).equals(Buffer.concat(changed.map(({ bytes }) => bytes)))).toBe(true);
});
