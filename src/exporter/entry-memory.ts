import type { GapBehind } from '../pack/gap-behind.ts';
import type { PackLimits } from '../pack/pack-limits.ts';
import type { Clock } from '../send/clock.ts';
import type { BuiltInDestination } from './built-in-destination.ts';
import type { Destination } from './destination.ts';
import { type FormOptions, frameFor } from './entry-encoding.ts';
import { entryFormsFor } from './entry-forms.ts';
import { keptBytes } from './kept-memory.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import { ReusedMemory } from './reused-memory.ts';

export interface EntryMemory {
  /** Memory for entries that is used again. Default: it is not. */
  readonly memory?: ReusedMemory | undefined;
  /** So much of a request lies in one piece, if it can. Default: no more than what a usual piece has. */
  readonly maxJoinedBytes?: number;
  /** The same of lines that become one entry: larger ones are put together. Default: all are. */
  readonly maxLinesBytes?: number;
  /** Left behind each entry. Default: nothing is. */
  readonly gapBehind?: GapBehind | undefined;
}

type MemoryOptions = FormOptions & Pick<ResolvedOptions, 'maxBufferedBytes'>;

const MAX_JOINED_BYTES = 1_048_576;
/** Beside what the service counts, memory has frames and what nesting adds; no body is made for that. */
const MAX_FRAMED_GROWTH = 1.5;
/** Of the bound on memory. */
const MAX_JOINED_SHARE = 1 / 64;

/**
 * Memory for the bytes of entries, and of lines that become one, that is used again once they are delivered: the same
 * as for the destination's bodies, so that one bound is for what is kept of both.
 * None where somebody may read an entry after it was delivered: with a spool the disk may.
 */
export function entryMemoryFor(
  destination: Destination | BuiltInDestination,
  limits: PackLimits,
  options: MemoryOptions,
  budget: { readonly freeBytes: number },
  clock: Pick<Clock, 'startTimer'>,
): EntryMemory {
  const { maxBufferedBytes, spool } = options;
  const isBuiltIn = 'readsByName' in destination;
  const ofDestination = isBuiltIn ? destination.memory : undefined;
  const memory = ofDestination ?? new ReusedMemory(keptBytes('reused', maxBufferedBytes));
  memory.limitTo(() => budget.freeBytes, clock);
  // Those of the application get copies: nobody else reads what was copied.
  const isReadLater = isBuiltIn && destination.copiesEntries !== true;
  const maxLinesBytes = maxJoinedBytesFor(limits, options);
  if (isReadLater || spool !== undefined) return { maxLinesBytes };
  const { gapBehind, joinsRecords } = entryFormsFor(destination, limits, options);
  const isFramed = frameFor(destination, limits, options) !== undefined;
  // Others make something else of the bytes, soon: then small pieces stay in the processor's cache.
  if (joinsRecords !== 'joined' && !isFramed) return { gapBehind, maxLinesBytes, memory };
  const growth = isFramed ? MAX_FRAMED_GROWTH : 1;
  return { gapBehind, memory, maxLinesBytes, maxJoinedBytes: Math.floor(maxLinesBytes * growth) };
}

/** Enough for all records of a request: then nobody has to put them together. */
function maxJoinedBytesFor(
  { maxRequestBytes }: PackLimits,
  { maxBufferedBytes }: Pick<MemoryOptions, 'maxBufferedBytes'>,
): number {
  const shareBytes = Math.floor(maxBufferedBytes * MAX_JOINED_SHARE);
  return Math.min(maxRequestBytes, MAX_JOINED_BYTES, shareBytes);
}
