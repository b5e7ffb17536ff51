/** Bytes that are no log record. Test `code`, not `instanceof`. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly code = 'ERR_DECODE';
  /**
   * Where the trouble begins, as an offset in bytes after decompression; of damage in the compression itself,
   * as the message says then, an offset in the compressed bytes.
   */
  readonly position: number;

  constructor(message: string, position: number, options?: { readonly cause?: unknown }) {
    super(`${message} (at byte ${position})`, options);
    this.position = position;
  }
}
