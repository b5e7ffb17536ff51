import type { BuiltInDestination } from '../../../src/exporter/built-in-destination.ts';
import type { PackLimits } from '../../../src/pack/pack-limits.ts';

const MIB = 1_048_576;
const LIMITS: PackLimits = { maxEntries: 10_000, maxEntryBytes: MIB, maxRequestBytes: MIB };

/** A destination that makes a body of the bytes of all entries of a request, of up to 1 MiB. */
export const JOINING: Omit<BuiltInDestination, 'limits' | 'send'> & {
  readonly limits: PackLimits;
} = {
  name: 'ours',
  copiesEntries: true,
  readsByName: true,
  readsEntries: 'joined',
  delimiter: '\n',
  limits: LIMITS,
};
