/** The header of a zstd frame (RFC 8878 section 3.1.1.1). */
export interface ZstdFrameHeader {
  /** Where its blocks begin. */
  readonly end: number;
  /** Undefined where it does not say. */
  readonly contentBytes: number | undefined;
  readonly maxBlockBytes: number;
  readonly hasChecksum: boolean;
}

export const ZSTD_MAGIC: Buffer = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const MAGIC_NUMBER = 0xfd2fb528;
const SKIPPABLE_MAGIC_NUMBER = 0x184d2a50;
const SKIPPABLE_HEADER_BYTES = 8;
const DICTIONARY_OR_RESERVED = 0x0b;
const SINGLE_SEGMENT = 0x20;
const CHECKSUM = 0x04;
const MAX_BLOCK_BYTES = 131_072;
/** Frames with a larger window are refused by Node.js. */
const MAX_WINDOW_BYTES = 2 ** 27;

/** True for the first four bytes of a skippable frame (RFC 8878 section 3.1.2). */
export function isSkippableFrame(bytes: Buffer, start: number): boolean {
  if (bytes.length - start < 4) return false;
  return (bytes.readUInt32LE(start) & 0xfffffff0) === SKIPPABLE_MAGIC_NUMBER;
}

/** Where a skippable frame ends; undefined where none is or not all of it. */
export function skippableFrameEnd(bytes: Buffer, start: number): number | undefined {
  if (!isSkippableFrame(bytes, start)) return undefined;
  if (bytes.length - start < SKIPPABLE_HEADER_BYTES) return undefined;
  const end = start + SKIPPABLE_HEADER_BYTES + bytes.readUInt32LE(start + 4);
  return end <= bytes.length ? end : undefined;
}

/** Undefined for a header that breaks off, and for what Node.js refuses. */
export function readZstdFrameHeader(bytes: Buffer, start: number): ZstdFrameHeader | undefined {
  if (bytes.length - start < 6 || bytes.readUInt32LE(start) !== MAGIC_NUMBER) return undefined;
  const descriptor = bytes.readUInt8(start + 4);
  if ((descriptor & DICTIONARY_OR_RESERVED) !== 0) return undefined;
  const isSingleSegment = (descriptor & SINGLE_SEGMENT) !== 0;
  const sizeAt = start + (isSingleSegment ? 5 : 6);
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? Number(isSingleSegment) : 2 ** sizeFlag;
  if (bytes.length < sizeAt + sizeBytes) return undefined;
  const contentBytes = sizeBytes === 0 ? undefined : contentSize(bytes, sizeAt, sizeBytes);
  const windowBytes = isSingleSegment ? contentBytes : windowSize(bytes.readUInt8(start + 5));
  if (windowBytes === undefined || windowBytes > MAX_WINDOW_BYTES) return undefined;
  return {
    end: sizeAt + sizeBytes,
    contentBytes,
    maxBlockBytes: Math.min(windowBytes, MAX_BLOCK_BYTES),
    hasChecksum: (descriptor & CHECKSUM) !== 0,
  };
}

function contentSize(bytes: Buffer, at: number, sizeBytes: number): number {
  if (sizeBytes === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}
