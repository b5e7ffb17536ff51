/**
 * A file, version 2; numbers are little-endian:
 *
 * magic (8 bytes) · version · bytes of the target · entries (32 bits each) · the target as JSON · for each
 * entry: bytes, records (32 bits each), first time, last time (64-bit floats), which part of a record, of how many
 * (32 bits each, 0 for what is no part; not in version 1) · the entries' bytes · CRC-32 of all that is before it.
 */
export const MAGIC: Buffer = Buffer.from('\x89CLSPOOL', 'latin1');
export const FORMAT_VERSION = 2;

export const VERSION_OFFSET = 8;
export const TARGET_BYTES_OFFSET = 12;
export const ENTRY_COUNT_OFFSET = 16;
export const HEAD_BYTES = 20;
/** What is said of an entry before its bytes. */
export const ENTRY_HEAD_BYTES = 32;
export const ENTRY_HEAD_BYTES_OF_VERSION_1 = 24;
export const CHECKSUM_BYTES = 4;
