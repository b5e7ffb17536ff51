import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { DecodeError } from './decode-error.ts';

/** What came out of compressed bytes, and how many of them it took. */
export interface Expanded {
  readonly output: Buffer;
  readonly usedBytes: number;
}

/** A member of gzip (RFC 1952 section 2.2) or a frame of zstd (RFC 8878 section 3.1). */
export interface CompressedFormat {
  readonly name: 'gzip' | 'zstd';
  readonly trailerBytes: number;
  /** Where the header of a member ends that begins with these bytes. */
  headerEnd(bytes: Buffer): number | 'incomplete' | 'none';
  /** Where the next member may begin, or -1. */
  indexOfStart(bytes: Buffer, from: number): number;
  isIntact(trailer: Buffer, checksum: number, contentBytes: number): boolean;
  checksum(content: Uint8Array, before: number): number;
  /** Throws for damage, and for an end that comes too early unless `mayBreakOff`. */
  expand(bytes: Buffer, maxOutputLength: number, mayBreakOff: boolean): Expanded;
  createExpander(): Transform & { readonly bytesWritten: number };
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

const gzip: CompressedFormat = {
  name: 'gzip',
  trailerBytes: 8,
  headerEnd: gzipHeaderEnd,
  indexOfStart: (bytes, from) => bytes.indexOf(GZIP_MAGIC, from),
  isIntact: (trailer, checksum, contentBytes) =>
    trailer.readUInt32LE(0) === checksum && trailer.readUInt32LE(4) === contentBytes % 2 ** 32,
  checksum: (content, before) => zlib.crc32(content, before),
  expand(bytes, maxOutputLength, mayBreakOff) {
    const { Z_FINISH, Z_SYNC_FLUSH } = zlib.constants;
    const finishFlush = mayBreakOff ? Z_SYNC_FLUSH : Z_FINISH;
    return expanded(zlib.inflateRawSync(bytes, { info: true, maxOutputLength, finishFlush }));
  },
  createExpander: () => zlib.createInflateRaw(),
};

const zstd: CompressedFormat = {
  name: 'zstd',
  trailerBytes: 0,
  headerEnd: zstdHeaderEnd,
  indexOfStart: (bytes, from) => bytes.indexOf(ZSTD_MAGIC, from),
  isIntact: () => true,
  checksum: () => 0,
  expand(bytes, maxOutputLength, mayBreakOff) {
    const { ZSTD_e_continue, ZSTD_e_end } = zlib.constants;
    const finishFlush = mayBreakOff ? ZSTD_e_continue : ZSTD_e_end;
    return expanded(zlib.zstdDecompressSync(bytes, { info: true, maxOutputLength, finishFlush }));
  },
  createExpander: () => zlib.createZstdDecompress(),
};

/** @throws DecodeError for zstd where Node.js has none. */
export function compressedFormat(compression: 'gzip' | 'zstd'): CompressedFormat {
  if (compression === 'gzip') return gzip;
  if (typeof zlib.zstdDecompressSync !== 'function') {
    throw new DecodeError('zstd needs Node.js 22.15 or later', 0);
  }
  return zstd;
}

function expanded(result: unknown): Expanded {
  // `info: true` changes the result, which the types of Node.js do not say.
  const { buffer, engine } = result as {
    readonly buffer: Buffer;
    readonly engine: { readonly bytesWritten: number };
  };
  return { output: buffer, usedBytes: engine.bytesWritten };
}

/** RFC 1952 section 2.3. */
function gzipHeaderEnd(bytes: Buffer): number | 'incomplete' | 'none' {
  const known = Math.min(bytes.length, GZIP_MAGIC.length);
  if (bytes.compare(GZIP_MAGIC, 0, known, 0, known) !== 0) return 'none';
  if (bytes.length < 10) return 'incomplete';
  const flags = bytes[3] ?? 0;
  if ((flags & 0xe0) !== 0) return 'none';
  let end = 10;
  if ((flags & 0x04) !== 0) {
    if (bytes.length < end + 2) return 'incomplete';
    end += 2 + bytes.readUInt16LE(end);
  }
  // The name and the comment end with a zero byte.
  for (const flag of [0x08, 0x10]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, end);
    if (zero === -1) return 'incomplete';
    end = zero + 1;
  }
  if ((flags & 0x02) !== 0) end += 2;
  return end <= bytes.length ? end : 'incomplete';
}

/** Node.js reads the header itself; skippable frames (RFC 8878 section 3.1.2) are frames too. */
function zstdHeaderEnd(bytes: Buffer): number | 'incomplete' | 'none' {
  const isSkippable = bytes.length >= 4 && (bytes.readUInt32LE(0) & 0xfffffff0) === 0x184d2a50;
  if (isSkippable) return 0;
  const known = Math.min(bytes.length, ZSTD_MAGIC.length);
  if (bytes.compare(ZSTD_MAGIC, 0, known, 0, known) !== 0) {
    const mayBeSkippable = known < 4 && ((bytes[0] ?? 0) & 0xf0) === 0x50;
    return mayBeSkippable ? 'incomplete' : 'none';
  }
  return known < 4 ? 'incomplete' : 0;
}
