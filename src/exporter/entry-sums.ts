import type { Slab } from '../pack/slab.ts';
import { byteCountOf } from '../pack/slab-entry.ts';
import type { StoredPlace } from './loaded-file.ts';
import { RecordRun } from './record-run.ts';
import type { EntryPart, TrackedEntry } from './tracked-entry.ts';

/** What the entries of a request come to. */
export interface EntrySums {
  readonly recordCount: number;
  /** How many of the records are on disk. */
  readonly storedCount: number;
  readonly bytes: number;
  readonly heldBytes: number;
  /** Somebody waits to hear what becomes of an entry: a call of `export`, a split record, a file. */
  readonly isAwaited: boolean;
  /** Memory in which they lie that is used again; none any more once it was released. */
  readonly slabs: SlabShare[];
}

export interface SlabShare {
  readonly slab: Slab;
  entries: number;
}

/**
 * Adds up the entries of requests, once for each: when the answer comes they have long left the processor's
 * cache, and most are of no further interest.
 */
export class EntrySummer {
  readonly #known = new WeakMap<readonly TrackedEntry[], EntrySums>();

  /** @param entries Never changed after the first time. */
  sum(entries: readonly TrackedEntry[]): EntrySums {
    const known = this.#known.get(entries);
    if (known !== undefined) return known;
    const sums = addUp(entries);
    this.#known.set(entries, sums);
    return sums;
  }
}

function addUp(entries: readonly TrackedEntry[]): EntrySums {
  let recordCount = 0;
  let storedCount = 0;
  let bytes = 0;
  let heldBytes = 0;
  let isAwaited = false;
  const slabs: SlabShare[] = [];
  let share: SlabShare | undefined;
  for (const entry of entries) {
    recordCount += entry.recordCount;
    bytes += byteCountOf(entry);
    heldBytes += entry.heldBytes;
    if (entry.slab !== undefined) {
      if (share?.slab === entry.slab) share.entries += 1;
      else {
        share = { slab: entry.slab, entries: 1 };
        slabs.push(share);
      }
    }
    if (entry.tickets !== undefined || entry.splits !== undefined) isAwaited = true;
    if (entry.stored === undefined && entry.parts === undefined) continue;
    const stored = storedRecordsOf(entry);
    storedCount += stored;
    isAwaited ||= placesOf(entry).length > 0;
  }
  return { recordCount, storedCount, bytes, heldBytes, isAwaited, slabs };
}

/** The places on disk of an entry and of those of which it was made. */
export function placesOf({ parts, stored }: TrackedEntry): readonly StoredPlace[] {
  if (parts === undefined) return stored === undefined ? [] : [stored];
  const places: StoredPlace[] = [];
  for (const part of parts) if (isStored(part)) places.push(part.stored);
  return places;
}

function storedRecordsOf(entry: TrackedEntry): number {
  let sum = 0;
  for (const part of entry.parts ?? [entry]) if (isStored(part)) sum += part.recordCount;
  return sum;
}

function isStored<P extends EntryPart | TrackedEntry>(
  part: P,
): part is Exclude<P, RecordRun> & { readonly stored: StoredPlace } {
  return !(part instanceof RecordRun) && part.stored !== undefined;
}
