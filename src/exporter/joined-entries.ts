import type { PackedEntry } from '../pack/packed-entry.ts';
import { compactEntries } from '../send/compact-entries.ts';
import type { SendOutcome } from '../send/send-outcome.ts';
import { RecordEntry } from './record-entry.ts';
import { linesOf, type TrackedEntry } from './tracked-entry.ts';

/** Of what they take of memory: fewer bytes have their own, so that they do not hold that of many others. */
const MIN_SHARE_OF_MEMORY = 1 / 4;

/** Entries that are to be sent again, in whole or in part. */
export function entriesAfterFailure(
  entries: readonly TrackedEntry[],
  status: Exclude<SendOutcome['status'], 'delivered'>,
): readonly TrackedEntry[] {
  if (status !== 'retryable') return separateEntries(entries);
  return isSparse(entries) ? compactEntries(separateEntries(entries)) : entries;
}

function isSparse(entries: readonly TrackedEntry[]): boolean {
  const memory = new Set<Buffer>();
  let bytes = 0;
  for (const entry of entries) {
    if (!(entry instanceof RecordEntry)) continue;
    memory.add(entry.memory);
    bytes += entry.length;
  }
  let memoryBytes = 0;
  for (const { length } of memory) memoryBytes += length;
  return bytes < MIN_SHARE_OF_MEMORY * memoryBytes;
}

/** Takes entries apart that each stand for several of the service's; what became one of them stays one. */
export function separateEntries<E extends PackedEntry>(
  entries: readonly E[],
): readonly (E | TrackedEntry)[] {
  return entries.flatMap((entry): readonly (E | TrackedEntry)[] =>
    entry instanceof RecordEntry && entry.entryCount > 1 ? linesOf(entry) : [entry],
  );
}
