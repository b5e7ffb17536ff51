import type { Slab } from '../pack/slab.ts';
import { SlabEntry } from '../pack/slab-entry.ts';

/**
 * One piece of memory with the bytes of all entries, one after the other; those of nested ones as they lie there.
 *
 * Entries that were stored one after the other lie so already: they are copied together, as a copy has a
 * fixed cost.
 *
 * @param take Answers memory of so many bytes. Default: fresh memory.
 */
export function joinBytes(
  entries: readonly { readonly bytes: Uint8Array }[],
  take: (bytes: number) => Buffer = Buffer.allocUnsafeSlow,
): Buffer {
  let totalBytes = 0;
  for (const entry of entries) totalBytes += lengthOf(entry);
  const joined = take(totalBytes);
  let position = 0;
  let run: Uint8Array | undefined;
  let runStart = 0;
  let runEnd = 0;
  const copyRun = (): void => {
    if (run === undefined) return;
    joined.set(run.subarray(runStart, runEnd), position);
    position += runEnd - runStart;
  };
  for (const entry of entries) {
    const isAmongOthers = entry instanceof SlabEntry;
    const memory = isAmongOthers ? entry.memory : entry.bytes;
    const start = isAmongOthers ? entry.start : 0;
    if (memory !== run || start !== runEnd) {
      copyRun();
      run = memory;
      runStart = start;
    }
    runEnd = start + lengthOf(entry);
  }
  copyRun();
  return joined;
}

/**
 * The bytes of all entries where they lie, if they lie there one after the other, with the memory that is used again.
 */
export function joinedPlaceOf(
  entries: readonly { readonly bytes: Uint8Array }[],
): { readonly bytes: Uint8Array; readonly slab: Slab | undefined } | undefined {
  const [first] = entries;
  if (!(first instanceof SlabEntry)) return undefined;
  const { memory, slab, start } = first;
  let end = start;
  for (const entry of entries) {
    const isNext = entry instanceof SlabEntry && entry.memory === memory && entry.start === end;
    if (!isNext || entry.isNested) return undefined;
    end += entry.length;
  }
  return { bytes: memory.subarray(start, end), slab };
}

function lengthOf(entry: { readonly bytes: Uint8Array }): number {
  return entry instanceof SlabEntry ? entry.length : entry.bytes.length;
}
