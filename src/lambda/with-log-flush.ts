import { InvalidOptionError } from '../invalid-option-error.ts';
import { shownOption } from '../shown-option.ts';
import { Invocation } from './invocation.ts';
import { type LambdaSurroundings, systemSurroundings } from './lambda-surroundings.ts';
import { type LogFlushOptions, resolveLogFlushOptions } from './log-flush-options.ts';
import { LogFlusher } from './log-flusher.ts';

/** Any handler: async, synchronous, with a callback, or a streaming one. */
export type LambdaHandler = (...args: never[]) => unknown;

/**
 * The same AWS Lambda handler, which delivers its logs before the environment is frozen.
 *
 * When the handler has answered or failed, the logs are flushed within the time that is left; what could not
 * be delivered goes to stdout, a JSON line for each record, and is not sent any more. Then the runtime gets
 * the handler's answer or error, unchanged.
 *
 * @param surroundings Timers and stdout, for tests. Default: the process's.
 * @throws InvalidOptionError when the first argument is no function, or for an option that is wrong.
 */
export function withLogFlush<Handler extends LambdaHandler>(
  handler: Handler,
  options: LogFlushOptions = {},
  surroundings: LambdaSurroundings = systemSurroundings,
): Handler {
  if (typeof handler !== 'function') {
    throw new InvalidOptionError(
      `Expected the first argument to be a handler function, got ${shownOption(handler)}`,
    );
  }
  const flusher = new LogFlusher(resolveLogFlushOptions(options), surroundings);
  // A proxy, because runtimes look at handlers: at `length`, at whether it is an async function, and at the
  // marks of `awslambda.streamifyResponse`, which may be set before or after this.
  return new Proxy(handler, {
    apply(target, self, args: unknown[]) {
      const invocation = new Invocation(args, (context) => flusher.finish(context));
      return invocation.run((given) => Reflect.apply(target, self, given), target.length);
    },
  });
}
