/** Something that the user can mend: shown as one line, never with a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** 1 for a failure, 2 for wrong usage. */
  readonly exitCode: 1 | 2;

  constructor(
    message: string,
    options?: {
      /** Default: 1. */
      readonly exitCode?: 1 | 2;
      readonly cause?: unknown;
    },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options?.exitCode ?? 1;
  }
}
