import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { DecodeError } from './decode-error.ts';
import { type Expanded, expanded } from './expanded.ts';
import { GZIP_MAGIC, GzipRuns } from './gzip-runs.ts';
import type { RunExpander } from './run-expander.ts';
import { isSkippableFrame, readZstdFrameHeader, ZSTD_MAGIC } from './zstd-frame.ts';
import { ZstdRuns } from './zstd-runs.ts';

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
  /** For many small members at once. */
  createRuns(): RunExpander;
  createExpander(): Transform & { readonly bytesWritten: number };
}

/** The least and the most that Node.js may be asked for, before it takes as much as it does untold. */
const MIN_CHUNK_BYTES = 64;
const MAX_CHUNK_BYTES = 16_384;

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
  createRuns: () => new GzipRuns(),
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
    const options = { info: true, maxOutputLength, finishFlush, ...chunkSizeFor(bytes) };
    return expanded(zlib.zstdDecompressSync(bytes, options));
  },
  createRuns: () => new ZstdRuns(),
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

/** Memory that fits a small frame: Node.js takes much more for each, which the garbage collector has to find. */
function chunkSizeFor(frame: Buffer): { readonly chunkSize?: number } {
  const contentBytes = readZstdFrameHeader(frame, 0)?.contentBytes;
  if (contentBytes === undefined || contentBytes >= MAX_CHUNK_BYTES) return {};
  return { chunkSize: Math.max(MIN_CHUNK_BYTES, contentBytes + 1) };
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
  if (isSkippableFrame(bytes, 0)) return 0;
  const known = Math.min(bytes.length, ZSTD_MAGIC.length);
  if (bytes.compare(ZSTD_MAGIC, 0, known, 0, known) !== 0) {
    const mayBeSkippable = known < 4 && ((bytes[0] ?? 0) & 0xf0) === 0x50;
    return mayBeSkippable ? 'incomplete' : 'none';
  }
  return known < 4 ? 'incomplete' : 0;
}
