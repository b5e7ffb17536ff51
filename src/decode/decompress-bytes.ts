import * as zlib from 'node:zlib';
import { DecodeError } from './decode-error.ts';
import type { Compression } from './sniff.ts';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
const MAX_MEMBER_TRIES = 4;
const MAX_DAMAGES = 1_000;

export interface Decompressed {
  readonly bytes: Uint8Array;
  readonly errors: readonly DecodeError[];
}

/** Decompresses all members; what a damaged one hides is told, and the others are there all the same. */
export function decompressBytes(
  bytes: Uint8Array,
  compression: Compression,
  maxBytes: number,
): Decompressed {
  if (compression === 'none') return { bytes, errors: [] };
  try {
    return { bytes: expand(bytes, compression, maxBytes), errors: [] };
  } catch (cause) {
    if (isTooLarge(cause)) {
      const error = new DecodeError(`More than ${maxBytes} bytes when decompressed`, 0, { cause });
      return { bytes: new Uint8Array(), errors: [error] };
    }
    if (compression === 'gzip') return rescueMembers(Buffer.from(bytes), maxBytes);
    const error = new DecodeError('Bytes that cannot be decompressed', 0, { cause });
    return { bytes: new Uint8Array(), errors: [error] };
  }
}

function expand(bytes: Uint8Array, compression: 'gzip' | 'zstd', maxBytes: number): Uint8Array {
  const limit = { maxOutputLength: Math.max(1, Math.floor(maxBytes)) };
  if (compression === 'gzip') return zlib.gunzipSync(bytes, limit);
  if (typeof zlib.zstdDecompressSync !== 'function') {
    throw new Error('zstd needs Node.js 22.15 or later');
  }
  return zlib.zstdDecompressSync(bytes, limit);
}

/** Concatenated gzip members (RFC 1952 section 2.2), tried one by one where their magic number stands. */
function rescueMembers(bytes: Buffer, maxBytes: number): Decompressed {
  const members: Uint8Array[] = [];
  const errors: DecodeError[] = [];
  const starts = magicPositions(bytes);
  let room = maxBytes;
  for (let index = 0; index < starts.length && room > 0; ) {
    const start = starts[index] ?? 0;
    const found = readMember(bytes, starts, index, room);
    if (found !== undefined) {
      members.push(found.bytes);
      room -= found.bytes.length;
      index = found.next;
      continue;
    }
    errors.push(new DecodeError('A gzip member that is damaged, of the compressed bytes', start));
    const beginning = readBeginning(bytes.subarray(start), room);
    members.push(beginning);
    room -= beginning.length;
    index++;
    if (errors.length > MAX_DAMAGES) break;
  }
  if (starts[0] !== 0) errors.unshift(new DecodeError('Bytes that are no gzip', 0));
  return { bytes: Buffer.concat(members), errors };
}

/** The magic number may stand inside a member by chance, so its end is tried at the next few. */
function readMember(
  bytes: Buffer,
  starts: readonly number[],
  index: number,
  room: number,
): { readonly bytes: Uint8Array; readonly next: number } | undefined {
  for (let next = index + 1; next <= index + MAX_MEMBER_TRIES && next <= starts.length; next++) {
    try {
      const member = bytes.subarray(starts[index], starts[next]);
      return { bytes: expand(member, 'gzip', room), next };
    } catch {
      // Not its end, or damage.
    }
  }
  return undefined;
}

/** What comes out before the damage. */
function readBeginning(bytes: Buffer, room: number): Uint8Array {
  try {
    return zlib.gunzipSync(bytes, {
      finishFlush: zlib.constants.Z_SYNC_FLUSH,
      maxOutputLength: Math.max(1, Math.floor(room)),
    });
  } catch {
    return new Uint8Array();
  }
}

function magicPositions(bytes: Buffer): number[] {
  const positions: number[] = [];
  for (let at = bytes.indexOf(GZIP_MAGIC); at !== -1; at = bytes.indexOf(GZIP_MAGIC, at + 1)) {
    positions.push(at);
  }
  return positions;
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
