import { types } from 'node:util';
import { ENCODING_NAMES, type EncodingName, isEncodingName } from '../encode/encodings.ts';
import { InvalidOptionError } from '../invalid-option-error.ts';
import { shownOption } from '../shown-option.ts';
import type { DecodeError } from './decode-error.ts';
import type { Compression } from './sniff.ts';

export const DEFAULT_MAX_BYTES = 268_435_456;

/** Ordinary records of JSON hold two to four times what their text does, tiny ones a hundred times. */
const HELD_BYTES_A_BYTE = 4;
/** Even few bytes may be some records. */
const MIN_HELD_BYTES = 16_777_216;

/** What may be held in memory of bytes that are decompressed to so many at most. */
export function maxHeldBytes(maxDecompressedBytes: number): number {
  return Math.max(MIN_HELD_BYTES, HELD_BYTES_A_BYTE * maxDecompressedBytes);
}

/** How bytes are read. */
export interface DecodeOptions {
  /** The encoding. Default: found out from the bytes. */
  readonly encoding?: EncodingName;
  /** The compression. Default: found out from the bytes. */
  readonly compression?: 'none' | 'gzip' | 'zstd';
  /**
   * How large the bytes may become, more than 0: all of them for `decodeLogRecords`, those of one record for
   * `decodeStream`, which holds no more. What is made of them may hold about four times as much memory: tiny
   * records hold a hundred times their bytes, and what would be more of them is told as damage. Default 256 MiB.
   */
  readonly maxDecompressedBytes?: number;
  /** Told of each damaged piece; what stands before and behind it is decoded all the same. */
  readonly onError?: (damage: { readonly position: number; readonly error: DecodeError }) => void;
}

export const COMPRESSIONS: readonly Compression[] = ['none', 'gzip', 'zstd'];

/** True for bytes, also those of another realm: no `instanceof`. */
export function isBytes(value: unknown): value is Uint8Array {
  return types.isUint8Array(value);
}

/** An error that says what was expected in place of this value, by its kind: it may hold secrets. */
export function wrongArgument(name: string, expected: string, value: unknown): InvalidOptionError {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return new InvalidOptionError(`Expected ${name} to be ${expected}, got ${kind}`);
}

/** Throws `InvalidOptionError` for names that are none, and for options that are no object. */
export function checkDecodeOptions(options: DecodeOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw wrongArgument('the options', 'an object', options);
  }
  if (options.onError !== undefined && typeof options.onError !== 'function') {
    throw wrongArgument('`onError`', 'a function', options.onError);
  }
  const { compression, encoding, maxDecompressedBytes: maxBytes } = options;
  if (encoding !== undefined && !isEncodingName(encoding)) {
    throw new InvalidOptionError(
      `Expected \`encoding\` to be one of ${ENCODING_NAMES.join(', ')}, got ${shownOption(encoding)}`,
    );
  }
  if (compression !== undefined && !COMPRESSIONS.includes(compression)) {
    throw new InvalidOptionError(
      `Expected \`compression\` to be one of ${COMPRESSIONS.join(', ')}, got ${shownOption(compression)}`,
    );
  }
  if (maxBytes !== undefined && !(Number.isFinite(maxBytes) && maxBytes > 0)) {
    throw new InvalidOptionError(
      `Expected \`maxDecompressedBytes\` to be a finite number > 0, got ${shownOption(maxBytes)}`,
    );
  }
}
