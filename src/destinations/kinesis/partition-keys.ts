import type { PackedEntry } from '../../pack/packed-entry.ts';
import { compileTargetName, type NameOption, type TargetName } from '../../route/target-name.ts';
import { KINESIS_LIMITS, PARTITION_KEY } from './kinesis-limits.ts';

/** Where the partition keys of records come from. */
export interface PartitionKeys {
  /** By option, where there is one. */
  readonly names: Readonly<Record<string, TargetName>>;
  /** The most that a key takes, in bytes. */
  readonly maxBytes: number;
  keyOf(entry: PackedEntry, names: Readonly<Record<string, string>>): string;
}

/** A character takes 3 bytes at most: those of 4 count as two. */
const MAX_KEY_BYTES = 3 * KINESIS_LIMITS.maxPartitionKeyLength;
const SEQUENCE_LENGTH = 11;

/**
 * The keys of an option, or keys that spread records.
 *
 * A spreading key stays the same when a record is sent again, so that a copy comes to the same shard.
 * @param prefix Tells the records of this exporter from those of others, in ASCII.
 * @throws InvalidOptionError
 */
export function compilePartitionKeys(
  option: NameOption | undefined,
  prefix: string,
): PartitionKeys {
  if (option === undefined) {
    return {
      names: {},
      maxBytes: prefix.length + SEQUENCE_LENGTH,
      keyOf: ({ sequence }) => `${prefix}${sequence.toString(36).padStart(SEQUENCE_LENGTH, '0')}`,
    };
  }
  const isFixed = typeof option === 'string' && !option.includes('{');
  return {
    names: { partitionKey: compileTargetName(option, PARTITION_KEY) },
    maxBytes: isFixed ? Buffer.byteLength(option) : MAX_KEY_BYTES,
    keyOf: (_, { partitionKey = '' }) => partitionKey,
  };
}
