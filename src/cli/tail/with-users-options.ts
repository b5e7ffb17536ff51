import { InvalidOptionError } from '../../invalid-option-error.ts';
import { UserError } from '../user-error.ts';

/** Calls what checks options of the user; a refusal becomes wrong usage. */
export function withUsersOptions<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (cause) {
    if (!(cause instanceof InvalidOptionError)) throw cause;
    throw new UserError(cause.message, { exitCode: 2, cause });
  }
}
