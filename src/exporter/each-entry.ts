import type { PackedEntry } from '../pack/packed-entry.ts';
import { SlabEntry } from '../pack/slab-entry.ts';
import { RecordEntry } from './record-entry.ts';

/**
 * Where an entry of the service lies, and the time under which it is sent.
 *
 * @param isNested True when its text stands there as in a JSON string, and is not the same either way.
 */
export type VisitEntry = (
  memory: Uint8Array,
  start: number,
  end: number,
  timeMillis: number,
  isNested: boolean,
) => void;

/** How many entries of the service these are. */
export function entryCountOf(entries: readonly PackedEntry[]): number {
  let count = 0;
  for (const entry of entries) count += entry instanceof RecordEntry ? entry.entryCount : 1;
  return count;
}

/** Visits the entries of the service one after the other; nothing is made for each. */
export function forEachEntry(entries: readonly PackedEntry[], visit: VisitEntry): void {
  for (const entry of entries) {
    if (!(entry instanceof SlabEntry)) {
      const memory = entry.nested ?? entry.bytes;
      visit(memory, 0, memory.length, sentTimeMillis(entry), entry.nested !== undefined);
    } else if (entry instanceof RecordEntry && entry.entryCount > 1) {
      visitRun(entry, visit);
    } else {
      const { isNested, length, memory, start } = entry;
      visit(memory, start, start + length, sentTimeMillis(entry), isNested);
    }
  }
}

/** The time under which an entry is sent. */
export function sentTimeMillis(entry: PackedEntry): number {
  return entry.restampedMillis ?? entry.timeMillis;
}

function visitRun({ memory, parts, start }: RecordEntry, visit: VisitEntry): void {
  let position = start;
  parts?.[0].forEach((length, byteCount, timeMillis) => {
    visit(memory, position, position + length, timeMillis, length !== byteCount);
    position += length;
  });
}
