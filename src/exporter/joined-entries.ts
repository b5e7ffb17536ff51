import type { PackLimits } from '../pack/pack-limits.ts';
import type { BuiltInDestination } from './built-in-destination.ts';
import type { Destination } from './destination.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import { linesOf, type TrackedEntry } from './tracked-entry.ts';

/** How entries may look to a destination. */
export interface EntryForms {
  /** Nobody who gets one copies it by `...`. */
  readonly readsByName: boolean;
  /** Records that lie one after the other may be one entry, as long as they do not have to part. */
  readonly joinsRecords: boolean;
}

export function entryFormsFor(
  destination: Destination | BuiltInDestination,
  { aggregate }: PackLimits,
  { spool }: Pick<ResolvedOptions, 'spool'>,
): EntryForms {
  const readsByName = 'readsByName' in destination;
  const areJoined = aggregate !== undefined || (readsByName && destination.joinsEntries === true);
  // What goes to disk is stored entry by entry.
  return { readsByName, joinsRecords: readsByName && areJoined && spool === undefined };
}

/** Takes entries apart that stand for several of the service's; what became one entry of its own stays one. */
export function separatorFor({
  aggregate,
}: PackLimits): (entries: readonly TrackedEntry[]) => readonly TrackedEntry[] {
  return aggregate === undefined ? (entries) => entries.flatMap(linesOf) : (entries) => entries;
}
