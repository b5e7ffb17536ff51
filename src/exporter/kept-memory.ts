/** What `maxBufferedBytes` is when it is not given. */
export const DEFAULT_MAX_BUFFERED_BYTES: number = 64 * 1024 * 1024;

/**
 * Of the bound on memory, what is kept free for later use. That for bodies and for encoding comes on top of
 * what is held: together a twentieth. That for entries never does: it is part of what is left of the bound.
 */
const KEPT_SHARES: Readonly<Record<Use, number>> = {
  bodies: 3 / 64,
  entries: 1 / 8,
  encoding: 1 / 128,
};

type Use = 'bodies' | 'entries' | 'encoding';

/** More is of no use, whatever the bound: it holds the bodies of eight calls of a usual size. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024;

/** @param maxBufferedBytes The option as it was given: what is no number is refused elsewhere. */
export function keptBytes(use: Use, maxBufferedBytes: number | undefined): number {
  const bound =
    typeof maxBufferedBytes === 'number' ? maxBufferedBytes : DEFAULT_MAX_BUFFERED_BYTES;
  return Math.min(MAX_KEPT_BYTES, bound * KEPT_SHARES[use]);
}
