/** What is told of an error, here or elsewhere. */
const TOLD = ['name', 'message', 'code', 'httpStatusCode'];

/**
 * An error of a sender, which may be the user's own: one that throws when it is asked for what is told of it is
 * replaced, as that would be thrown where its records are counted.
 *
 * @param otherwise What is said of anything else than an error.
 */
export function readableError(error: unknown, otherwise: string): Error {
  try {
    if (!(error instanceof Error)) return new Error(otherwise, { cause: error });
    for (const property of TOLD) if (property in error) Reflect.get(error, property);
    return error;
  } catch {
    return new Error('The sender named an error that cannot be read');
  }
}
