import { crc32 } from 'node:zlib';
import {
  CHECKSUM_BYTES,
  ENTRY_COUNT_OFFSET,
  ENTRY_HEAD_BYTES,
  FORMAT_VERSION,
  HEAD_BYTES,
  MAGIC,
  TARGET_BYTES_OFFSET,
  VERSION_OFFSET,
} from './file-format.ts';
import type { SpoolEntry } from './spool-entry.ts';

export function encodedByteSize(targetBytes: Uint8Array, entries: readonly SpoolEntry[]): number {
  const fixed = HEAD_BYTES + targetBytes.length + CHECKSUM_BYTES;
  return entries.reduce((sum, { bytes }) => sum + ENTRY_HEAD_BYTES + bytes.length, fixed);
}

/** The whole file in one piece of memory, to be written by one call of the system. */
export function encodeFile(targetBytes: Uint8Array, entries: readonly SpoolEntry[]): Buffer {
  const file = Buffer.allocUnsafeSlow(encodedByteSize(targetBytes, entries));
  file.set(MAGIC, 0);
  file.writeUInt32LE(FORMAT_VERSION, VERSION_OFFSET);
  file.writeUInt32LE(targetBytes.length, TARGET_BYTES_OFFSET);
  file.writeUInt32LE(entries.length, ENTRY_COUNT_OFFSET);
  file.set(targetBytes, HEAD_BYTES);
  let headOffset = HEAD_BYTES + targetBytes.length;
  let bytesOffset = headOffset + entries.length * ENTRY_HEAD_BYTES;
  for (const { bytes, lastTimeMillis, part, recordCount, timeMillis } of entries) {
    headOffset = file.writeUInt32LE(bytes.length, headOffset);
    headOffset = file.writeUInt32LE(recordCount, headOffset);
    headOffset = file.writeDoubleLE(timeMillis, headOffset);
    headOffset = file.writeDoubleLE(lastTimeMillis, headOffset);
    headOffset = file.writeUInt32LE(part?.index ?? 0, headOffset);
    headOffset = file.writeUInt32LE(part?.count ?? 0, headOffset);
    file.set(bytes, bytesOffset);
    bytesOffset += bytes.length;
  }
  file.writeUInt32LE(crc32(file.subarray(0, bytesOffset)), bytesOffset);
  return file;
}
