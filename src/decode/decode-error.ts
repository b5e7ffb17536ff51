/** Bytes that are no log record. Test `code`, not `instanceof`. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly code = 'ERR_DECODE';
  /** Where the trouble begins: the offset in bytes, after decompression. */
  readonly position: number;

  constructor(message: string, position: number, options?: { readonly cause?: unknown }) {
    super(`${message} (at byte ${position})`, options);
    this.position = position;
  }
}
