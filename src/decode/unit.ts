import type { DecodeError } from './decode-error.ts';

/** One document out of a run of bytes, or what is wrong where one should be. */
export type Unit =
  | { readonly position: number; readonly bytes: number; readonly value: unknown }
  | { readonly position: number; readonly error: DecodeError };

/**
 * Takes bytes apart into documents, as they come. Each is read when it is asked for: all those of a few bytes may
 * hold much more memory than the bytes do.
 */
export interface UnitReader {
  push(bytes: Uint8Array): Iterable<Unit>;
  /** No more bytes come: what is left is a last document or damage. */
  end(): Iterable<Unit>;
}
