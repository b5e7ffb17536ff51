import type { PackLimits } from '../pack/pack-limits.ts';
import { SizeEstimate } from './estimate-bytes.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/** A character is at most six bytes in JSON: `\\u0000`. */
const MAX_BYTES_PER_CHARACTER = 6;

/**
 * Answers an estimate of a record up to which it is sure that the record can be packed; 0 when that is never
 * known before it is: then its call of `export` waits for the answer until it is packed.
 *
 * @param maxEntryBytes What every target takes now.
 */
export function surelyFitsBytes(
  { minEntryBytes = 0 }: PackLimits,
  options: Pick<ResolvedOptions, 'acknowledge' | 'encoder' | 'oversize' | 'spool' | 'staticFields'>,
  maxEntryBytes: () => number,
): () => number {
  const { acknowledge, encoder, oversize, spool, staticFields = {} } = options;
  const waitsForMore = acknowledge === 'delivered' || spool !== undefined;
  const isOwnEncoder = !('write' in encoder);
  const mayBeTooShort = minEntryBytes > 0 && encoder.name === 'body';
  const added = new SizeEstimate();
  added.ofAttributes(staticFields);
  const isNeverSure = waitsForMore || isOwnEncoder || mayBeTooShort || oversize === 'drop';
  if (isNeverSure || !added.isWhole) return () => 0;
  return () => maxEntryBytes() / MAX_BYTES_PER_CHARACTER - added.bytes;
}
