import type { Target } from '../route/target.ts';
import { isLastPart, type LoadedEntry, type SpoolEntry } from '../spool/spool-entry.ts';
import type { LostRecords, RecordAccounts } from './record-accounts.ts';
import type { SplitRecord } from './split-record.ts';
import type { TrackedEntry } from './tracked-entry.ts';

/** True for the part that counts for its record on disk, where records are counted by entries. */
export function countsForRecord({ part }: Pick<SpoolEntry, 'part'>): boolean {
  return part !== undefined && isLastPart(part);
}

/** Entries as the disk keeps them. */
export function toSpoolEntries(entries: readonly SpoolEntry[]): readonly SpoolEntry[] {
  if (!entries.some(countsForRecord)) return entries;
  return entries.map((entry) => {
    const { bytes, lastTimeMillis, part, timeMillis } = entry;
    if (!countsForRecord(entry)) return entry;
    return { bytes, lastTimeMillis, part, recordCount: 1, timeMillis };
  });
}

/** True while a call of `export` waits for what becomes of it. */
export function isAwaited({ splits, tickets }: Pick<TrackedEntry, 'splits' | 'tickets'>): boolean {
  return tickets !== undefined || (splits?.some((split) => split.isAwaited) ?? false);
}

/** Entries of a file with the records that they are parts of: those that are still to be sent. */
export function regroupParts<E extends LoadedEntry>(
  entries: readonly E[],
  target: Target,
  accounts: Pick<RecordAccounts, 'split'>,
): readonly (E & { readonly splits?: readonly SplitRecord[] })[] {
  const partsByRecord = new Map<number, E[]>();
  for (const entry of entries) {
    const { index, part } = entry;
    if (part === undefined) continue;
    const record = index - part.index;
    const parts = partsByRecord.get(record);
    // A record may have thousands of parts.
    if (parts === undefined) partsByRecord.set(record, [entry]);
    else parts.push(entry);
  }
  const splitsOf = new Map<E, readonly SplitRecord[]>();
  for (const parts of partsByRecord.values()) {
    // Without it the record is counted already: a crash kept the disk from forgetting the other parts.
    if (!parts.some(countsForRecord)) continue;
    const splits = [accounts.split(parts.length, lossOf(parts, target))];
    for (const part of parts) splitsOf.set(part, splits);
  }
  if (splitsOf.size === 0) return entries;
  return entries.map((entry) => {
    const splits = splitsOf.get(entry);
    return splits === undefined ? entry : { ...entry, recordCount: 0, splits };
  });
}

function lossOf(parts: readonly SpoolEntry[], { key }: Target): LostRecords {
  const [first] = parts;
  return {
    count: 1,
    bytes: parts.reduce((sum, { bytes }) => sum + bytes.length, 0),
    firstTimeMillis: first?.timeMillis ?? 0,
    lastTimeMillis: first?.lastTimeMillis ?? 0,
    target: key,
  };
}
