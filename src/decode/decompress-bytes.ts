import { compressedFormat } from './compressed-format.ts';
import { DecodeError } from './decode-error.ts';
import { MemberExpander } from './member-expander.ts';
import type { Compression } from './sniff.ts';

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
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const expander = new MemberExpander(compressedFormat(compression), buffer, maxBytes);
    expander.run();
    const [only, ...others] = expander.outputs;
    const output =
      only !== undefined && others.length === 0 ? only : Buffer.concat(expander.outputs);
    return { bytes: output, errors: expander.errors };
  } catch (cause) {
    const error =
      cause instanceof DecodeError
        ? cause
        : new DecodeError('Bytes that cannot be decompressed', 0, { cause });
    return { bytes: new Uint8Array(), errors: [error] };
  }
}
