import type { PackedEntry } from '../pack/packed-entry.ts';
import { SlabEntry } from '../pack/slab-entry.ts';

/** How many entries a service gets whose request is the bytes of all, one after the other. */
export function entryCountOf(entries: readonly PackedEntry[]): number {
  let count = 0;
  for (const entry of entries) count += entry instanceof SlabEntry ? entry.entryCount : 1;
  return count;
}
