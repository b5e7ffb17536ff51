/** A wrong option: the message names the option, the value and the mend. Test `code`, not `instanceof`. */
export class InvalidOptionError extends TypeError {
  override readonly name = 'InvalidOptionError';
  readonly code = 'ERR_INVALID_OPTION';

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
  }
}
