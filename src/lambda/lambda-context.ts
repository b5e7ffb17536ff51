import { hasMethod } from '../has-method.ts';

/** What this needs of the context object of an invocation. */
export interface LambdaContext {
  getRemainingTimeInMillis(): unknown;
}

/**
 * Finds the context among a handler's arguments: the second, `(event, context, callback)`, or for a streaming
 * handler the third, `(event, responseStream, context)`.
 */
export function findContext(
  args: readonly unknown[],
): { readonly context: LambdaContext; readonly index: 1 | 2 } | undefined {
  const [, second, third] = args;
  if (isContext(second)) return { context: second, index: 1 };
  if (isContext(third)) return { context: third, index: 2 };
  return undefined;
}

/** Without end where there is no such context, as in a test that calls the handler itself. */
export function remainingMillis(context: LambdaContext | undefined): number {
  try {
    const remaining = Number(context?.getRemainingTimeInMillis());
    return Number.isNaN(remaining) ? Number.POSITIVE_INFINITY : remaining;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The ways of the oldest handlers to answer; the runtimes since Node.js 24 have none of them. */
const ANSWERS: ReadonlySet<unknown> = new Set(['done', 'fail', 'succeed']);

/** The same context, in whose `done`, `fail` and `succeed` each call goes through `answer`. */
export function withAnswers<C extends object>(
  context: C,
  answer: (call: () => unknown) => void,
): C {
  if (!('done' in context)) return context;
  return new Proxy(context, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (!ANSWERS.has(key) || typeof value !== 'function') return value;
      return (...args: unknown[]) => answer(() => Reflect.apply(value, target, args));
    },
  });
}

function isContext(value: unknown): value is LambdaContext {
  return hasMethod(value, 'getRemainingTimeInMillis');
}
