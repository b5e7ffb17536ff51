import type { PackedEntry } from '../pack/packed-entry.ts';

/**
 * The same entries in memory of their own.
 *
 * The few entries of a request that are to be sent again would else pin the slabs of all the others.
 */
export function compactEntries<E extends PackedEntry>(entries: readonly E[]): E[] {
  let totalBytes = 0;
  for (const entry of entries) totalBytes += entry.bytes.length;
  const memory = Buffer.allocUnsafeSlow(totalBytes);
  let position = 0;
  return entries.map((entry) => {
    const start = position;
    memory.set(entry.bytes, start);
    position += entry.bytes.length;
    return { ...entry, bytes: memory.subarray(start, position) };
  });
}
