import type { PackedEntry } from '../pack/packed-entry.ts';

/**
 * The same entries in memory of their own.
 *
 * The few entries of a request that are to be sent again would else pin the slabs of all the others.
 */
export function compactEntries<E extends PackedEntry>(entries: readonly E[]): E[] {
  let totalBytes = 0;
  // Asked for once: those that lie nested are made anew each time.
  const pieces = entries.map(({ bytes }) => bytes);
  for (const { length } of pieces) totalBytes += length;
  const memory = Buffer.allocUnsafeSlow(totalBytes);
  let position = 0;
  return entries.map((entry, index) => {
    const start = position;
    const bytes = pieces[index] ?? entry.bytes;
    memory.set(bytes, start);
    position += bytes.length;
    return { ...entry, bytes: memory.subarray(start, position) };
  });
}
