import type { PackedEntry } from '../pack/packed-entry.ts';
import { byteCountOf, SlabEntry } from '../pack/slab-entry.ts';
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

/** One or several entries, as they lie one after the other with their frames. */
export type VisitFramed = (memory: Uint8Array, start: number, end: number) => void;

/** Of an entry, or of all that it stands for: plain, and without frames. */
export function entryBytes(entry: Pick<PackedEntry, 'bytes'>): number {
  return byteCountOf(entry);
}

/** How many entries of the service these are. */
export function entryCountOf(entries: readonly PackedEntry[]): number {
  let count = 0;
  for (const entry of entries) count += entry instanceof RecordEntry ? entry.entryCount : 1;
  return count;
}

/**
 * Visits the entries of the service one after the other; nothing is made for each.
 *
 * @param visitFramed Gets those that have frames. Default: they are visited one by one, without them.
 */
export function forEachEntry(
  entries: readonly PackedEntry[],
  visit: VisitEntry,
  visitFramed?: VisitFramed,
): void {
  for (const entry of entries) {
    if (!(entry instanceof SlabEntry)) {
      const memory = entry.nested ?? entry.bytes;
      visit(memory, 0, memory.length, sentTimeMillis(entry), entry.nested !== undefined);
    } else if (visitFramed !== undefined && entry.frame !== undefined) {
      visitFramed(entry.memory, entry.start, entry.start + entry.length);
    } else if (entry instanceof RecordEntry && entry.entryCount > 1) {
      visitRun(entry, visit);
    } else {
      const { frame, isNested, length, memory, start } = entry;
      const from = start + (frame?.beforeLength ?? 0);
      const end = start + length - (frame?.behind.length ?? 0);
      visit(memory, from, end, sentTimeMillis(entry), isNested);
    }
  }
}

/** The time under which an entry is sent. */
export function sentTimeMillis(entry: PackedEntry): number {
  return entry.restampedMillis ?? entry.timeMillis;
}

function visitRun(
  { frame, gapBehind, memory, parts, start }: RecordEntry,
  visit: VisitEntry,
): void {
  const frameLength = frame?.length ?? 0;
  let position = start + (frame?.beforeLength ?? 0);
  parts?.[0].forEach((length, byteCount, timeMillis) => {
    const contentLength = length - frameLength;
    const isNested = contentLength !== byteCount;
    visit(memory, position, position + contentLength, timeMillis, isNested);
    position += length + (gapBehind?.(length) ?? 0);
  });
}
