import type { PackLimits } from '../pack/pack-limits.ts';
import type { BuiltInDestination } from './built-in-destination.ts';
import type { Destination } from './destination.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/** How entries may look to a destination. */
export interface EntryForms {
  /** Records that lie one after the other may be one entry, as long as they do not have to part. */
  readonly joinsRecords: BuiltInDestination['readsEntries'];
}

export function entryFormsFor(
  destination: Destination | BuiltInDestination,
  { aggregate }: PackLimits,
  { spool }: Pick<ResolvedOptions, 'spool'>,
): EntryForms {
  if (!('readsByName' in destination)) return { joinsRecords: undefined };
  const readsEntries = aggregate === undefined ? destination.readsEntries : 'each';
  // What goes to disk is stored entry by entry.
  return { joinsRecords: spool === undefined ? readsEntries : undefined };
}
