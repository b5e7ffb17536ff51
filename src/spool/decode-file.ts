import { crc32 } from 'node:zlib';
import {
  CHECKSUM_BYTES,
  ENTRY_COUNT_OFFSET,
  ENTRY_HEAD_BYTES,
  ENTRY_HEAD_BYTES_OF_VERSION_1,
  FORMAT_VERSION,
  HEAD_BYTES,
  MAGIC,
  TARGET_BYTES_OFFSET,
  VERSION_OFFSET,
} from './file-format.ts';
import type { RecordPart, SpoolEntry } from './spool-entry.ts';
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
  const headBytes = version === 1 ? ENTRY_HEAD_BYTES_OF_VERSION_1 : ENTRY_HEAD_BYTES;
  const bytesOffset = entriesOffset + file.readUInt32LE(ENTRY_COUNT_OFFSET) * headBytes;
  if (bytesOffset > checksumOffset) return damaged('says more than it has');
  const decoded = decodeTarget(file.subarray(HEAD_BYTES, entriesOffset));
  const heads = file.subarray(entriesOffset, bytesOffset);
  const entries = readEntries(heads, headBytes, file.subarray(bytesOffset, checksumOffset));
  if (decoded === undefined || entries === undefined) return damaged('contradicts itself');
  return { targetId: decoded.id, target: decoded.target, entries };
}

/** Undefined when the lengths do not add up. */
function readEntries(
  heads: Buffer,
  headBytes: number,
  content: Buffer,
): readonly SpoolEntry[] | undefined {
  const entries: SpoolEntry[] = [];
  let start = 0;
  for (let head = 0; head < heads.length; head += headBytes) {
    const end = start + heads.readUInt32LE(head);
    const part = headBytes < ENTRY_HEAD_BYTES ? undefined : readPart(heads, head + 24);
    entries.push({
      bytes: content.subarray(start, end),
      recordCount: heads.readUInt32LE(head + 4),
      timeMillis: heads.readDoubleLE(head + 8),
      lastTimeMillis: heads.readDoubleLE(head + 16),
      ...(part === undefined ? {} : { part }),
    });
    start = end;
  }
  return start === content.length ? entries : undefined;
}

function readPart(heads: Buffer, offset: number): RecordPart | undefined {
  const count = heads.readUInt32LE(offset + 4);
  return count === 0 ? undefined : { index: heads.readUInt32LE(offset), count };
}

function damaged(why: string): SpoolError {
  return new SpoolError('ERR_SPOOL_DAMAGED', `The file ${why}`);
}
