import type { GapBehind } from '../pack/gap-behind.ts';
import type { PackLimits } from '../pack/pack-limits.ts';
import type { BuiltInDestination } from './built-in-destination.ts';
import type { Destination } from './destination.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/** How entries may look to a destination. */
export interface EntryForms {
  /** Records that lie one after the other may be one entry, as long as they do not have to part. */
  readonly joinsRecords: BuiltInDestination['readsEntries'];
  /** Then it is between each two of them. */
  readonly gapBehind: GapBehind | undefined;
}

const EACH_BY_ITSELF: EntryForms = { joinsRecords: undefined, gapBehind: undefined };

export function entryFormsFor(
  destination: Destination | BuiltInDestination,
  { aggregate }: PackLimits,
  { spool }: Pick<ResolvedOptions, 'spool'>,
): EntryForms {
  // What goes to disk is stored entry by entry.
  if (!('readsByName' in destination) || spool !== undefined) return EACH_BY_ITSELF;
  const { gapBehind, readsEntries } = destination;
  // The lines of one entry have nothing between them.
  if (aggregate !== undefined) return { joinsRecords: 'each', gapBehind: undefined };
  return { joinsRecords: readsEntries, gapBehind: readsEntries === 'each' ? gapBehind : undefined };
}
