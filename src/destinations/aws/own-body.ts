/** Where `ownBody` goes in a command's middleware: before the SDK counts, signs and sends the body. */
export const OWN_BODY_STEP = {
  step: 'build',
  name: 'collectorlessBody',
  priority: 'high',
} as const;

/**
 * Middleware that sends a body which is ready in place of the one that the SDK made of the input.
 *
 * The command's input holds no entries then: the SDK would only walk them for nothing.
 */
export function ownBody(
  body: Uint8Array,
): <Args extends { readonly request: unknown }, Result>(
  next: (args: Args) => Promise<Result>,
) => (args: Args) => Promise<Result> {
  return (next) => (args) => {
    const { request } = args;
    if (typeof request === 'object' && request !== null) Object.assign(request, { body });
    return next(args);
  };
}
