import type { PackLimits } from '../pack/pack-limits.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/** A character is at most six bytes in JSON: `\\u0000`. */
const MAX_BYTES_PER_CHARACTER = 6;

/**
 * An estimate of a record up to which it is sure that the record can be packed; 0 when that is never known
 * before it is: then its call of `export` waits for the answer until it is packed.
 */
export function surelyFitsBytes(
  { maxEntryBytes, minEntryBytes = 0 }: PackLimits,
  { acknowledge, encoder, spool }: Pick<ResolvedOptions, 'acknowledge' | 'encoder' | 'spool'>,
): number {
  const waitsForMore = acknowledge === 'delivered' || spool !== undefined;
  const isOwnEncoder = !('write' in encoder);
  const mayBeTooShort = minEntryBytes > 0 && encoder.name === 'body';
  if (waitsForMore || isOwnEncoder || mayBeTooShort) return 0;
  return maxEntryBytes / MAX_BYTES_PER_CHARACTER;
}
