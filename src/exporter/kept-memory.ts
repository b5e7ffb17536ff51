/** What `maxBufferedBytes` is when it is not given. */
export const DEFAULT_MAX_BUFFERED_BYTES: number = 64 * 1024 * 1024;

const MIB = 1024 * 1024;

type Use = 'reused' | 'bodies' | 'encoding';

/**
 * Of the bound on memory, what is kept free for later use. That which is used again is part of what is left of the
 * bound: with less than this much, 10,000 records of 1 KB at once, as lines to Firehose, had the whole heap collected
 * each time (bench/one-export.ts). That for bodies is kept also where nothing is left, as after an outage, and with
 * that for encoding comes on top: together a twentieth.
 */
const KEPT: Readonly<Record<Use, { readonly share: number; readonly maxBytes: number }>> = {
  reused: { share: 1 / 2, maxBytes: 32 * MIB },
  bodies: { share: 3 / 64, maxBytes: 8 * MIB },
  encoding: { share: 1 / 128, maxBytes: 8 * MIB },
};

/** @param maxBufferedBytes The option as it was given: what is no number is refused elsewhere. */
export function keptBytes(use: Use, maxBufferedBytes: number | undefined): number {
  const bound =
    typeof maxBufferedBytes === 'number' ? maxBufferedBytes : DEFAULT_MAX_BUFFERED_BYTES;
  const { maxBytes, share } = KEPT[use];
  return Math.min(maxBytes, bound * share);
}
