export type SpoolErrorCode =
  | 'ERR_SPOOL_CLOSED'
  | 'ERR_SPOOL_FULL'
  | 'ERR_SPOOL_INVALID'
  | 'ERR_SPOOL_DAMAGED'
  | 'ERR_SPOOL_FUTURE_VERSION'
  | 'ERR_SPOOL_GONE'
  | 'ERR_SPOOL_LOCK'
  | 'ERR_SPOOL_SLOW'
  | 'ERR_SPOOL_WAITING';

/** Why the spool could not keep or give back a batch. Trouble of the disk itself is the system's own error. */
export class SpoolError extends Error {
  override readonly name = 'SpoolError';
  readonly code: SpoolErrorCode;

  constructor(code: SpoolErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(`[collectorless] [spool] ${message}`, options);
    this.code = code;
  }
}
