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
import { SpoolError } from './spool-error.ts';
import type { SpoolTarget } from './spool-target.ts';
import { decodeTarget } from './spool-target.ts';

export interface DecodedFile {
  readonly targetId: string;
  readonly target: SpoolTarget;
  /** Views on the file's bytes. */
  readonly entries: readonly SpoolEntry[];
}

/** Every byte is verified; nothing is allocated but the list of entries, which the bytes have room for. */
export function decodeFile(file: Buffer): DecodedFile | SpoolError {
  if (file.length < HEAD_BYTES + CHECKSUM_BYTES) return damaged('is truncated');
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) return damaged('is no spool file');
  const version = file.readUInt32LE(VERSION_OFFSET);
  if (version > FORMAT_VERSION) {
    return new SpoolError('ERR_SPOOL_FUTURE_VERSION', `The file is of version ${version}`);
  }
  const checksumOffset = file.length - CHECKSUM_BYTES;
  if (crc32(file.subarray(0, checksumOffset)) !== file.readUInt32LE(checksumOffset)) {
    return damaged('has a wrong checksum');
  }
  const entriesOffset = HEAD_BYTES + file.readUInt32LE(TARGET_BYTES_OFFSET);
  const bytesOffset = entriesOffset + file.readUInt32LE(ENTRY_COUNT_OFFSET) * ENTRY_HEAD_BYTES;
  if (bytesOffset > checksumOffset) return damaged('says more than it has');
  const decoded = decodeTarget(file.subarray(HEAD_BYTES, entriesOffset));
  const entries = readEntries(file.subarray(0, checksumOffset), entriesOffset, bytesOffset);
  if (decoded === undefined || entries === undefined) return damaged('contradicts itself');
  return { targetId: decoded.id, target: decoded.target, entries };
}

/** Undefined when the lengths do not add up. */
function readEntries(
  file: Buffer,
  entriesOffset: number,
  bytesOffset: number,
): readonly SpoolEntry[] | undefined {
  const entries: SpoolEntry[] = [];
  let start = bytesOffset;
  for (let head = entriesOffset; head < bytesOffset; head += ENTRY_HEAD_BYTES) {
    const end = start + file.readUInt32LE(head);
    entries.push({
      bytes: file.subarray(start, end),
      recordCount: file.readUInt32LE(head + 4),
      timeMillis: file.readDoubleLE(head + 8),
      lastTimeMillis: file.readDoubleLE(head + 16),
    });
    start = end;
  }
  return start === file.length ? entries : undefined;
}

function damaged(why: string): SpoolError {
  return new SpoolError('ERR_SPOOL_DAMAGED', `The file ${why}`);
}
