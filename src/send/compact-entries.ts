import type { PackedEntry } from '../pack/packed-entry.ts';

/**
 * The same entries in memory of their own.
 *
 * The few entries of a request that are to be sent again would else pin the slabs of all the others.
 */
export function compactEntries<E extends PackedEntry>(entries: readonly E[]): E[] {
  // Asked for once: the bytes of those that lie nested are made anew each time.
  const plain = entries.map((entry) => ({ ...entry, bytes: entry.bytes }));
  const totalBytes = plain.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const memory = Buffer.allocUnsafeSlow(totalBytes);
  let position = 0;
  return plain.map((entry) => {
    const start = position;
    memory.set(entry.bytes, start);
    position += entry.bytes.length;
    return { ...entry, bytes: memory.subarray(start, position), slab: undefined };
  });
}
