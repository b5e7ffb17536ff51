import type { EntryFrame } from '../pack/entry-frame.ts';
import type { PackLimits } from '../pack/pack-limits.ts';
import type { BuiltInDestination } from './built-in-destination.ts';
import type { Destination } from './destination.ts';
import type { PieceEncoderOptions } from './piece-encoder.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/** What decides how entries lie in memory. */
export type FormOptions = Pick<ResolvedOptions, 'encoder' | 'isBuiltInEncoder' | 'spool'>;

/** How records become the bytes of entries for a destination. */
export function entryEncoding(
  destination: Destination | BuiltInDestination,
  limits: PackLimits,
  options: ResolvedOptions,
): Omit<PieceEncoderOptions, 'createId'> {
  const { delimiter = '' } = destination;
  const isNested = nestsEntries(destination, options);
  return { ...options, limits, delimiter, isNested, frame: frameFor(destination, limits, options) };
}

/** What lies around the entries of a destination in memory. */
export function frameFor(
  destination: Destination | BuiltInDestination,
  { aggregate }: PackLimits,
  options: FormOptions,
): EntryFrame | undefined {
  // The lines of one entry have nothing between them.
  if (!('frame' in destination) || aggregate !== undefined) return undefined;
  return nestsEntries(destination, options) ? destination.frame : undefined;
}

/**
 * True when entries lie in memory as they stand in a JSON string, so that a body of JSON takes them as they are.
 * What goes to disk first stays plain: files are read by others.
 */
function nestsEntries(
  destination: Destination | BuiltInDestination,
  { encoder, isBuiltInEncoder, spool }: FormOptions,
): boolean {
  const { delimiter = '' } = destination;
  const isWanted = 'readsByName' in destination && destination.nestsText === true;
  const canBeUnnested = delimiter === '' || delimiter === '\n';
  const canNest = isBuiltInEncoder && 'writeNested' in encoder && canBeUnnested;
  return isWanted && canNest && spool === undefined;
}
