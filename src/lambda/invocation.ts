import { findContext, type LambdaContext, withAnswers } from './lambda-context.ts';

/**
 * One call of a handler by a Lambda runtime, whose answer waits until `finish` is done.
 *
 * Runtimes before Node.js 24 hand over a callback and take no notice of what a handler returns unless it is
 * a promise; the newer ones await whatever it returns. A streaming handler must return a promise in both
 * (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client, src/Runtime.js).
 */
export class Invocation {
  readonly #args: readonly unknown[];
  readonly #context: LambdaContext | undefined;
  readonly #contextIndex: number;
  readonly #callback: ((...answer: unknown[]) => unknown) | undefined;
  readonly #finish: (context: LambdaContext | undefined) => Promise<void>;
  /** A handler may answer twice, by its callback and by its promise: the first stays the first. */
  #finished: Promise<void> = Promise.resolve();

  /** @param finish Never rejects. */
  constructor(
    args: readonly unknown[],
    finish: (context: LambdaContext | undefined) => Promise<void>,
  ) {
    const found = findContext(args);
    this.#args = args;
    this.#context = found?.context;
    this.#contextIndex = found?.index ?? 1;
    this.#callback = this.#contextIndex === 1 ? asFunction(args[2]) : undefined;
    this.#finish = finish;
  }

  /** @param declaredArguments `length` of the handler. */
  run(handler: (args: unknown[]) => unknown, declaredArguments: number): unknown {
    let result: unknown;
    try {
      result = handler(this.#handlerArgs());
    } catch (thrown) {
      return this.#threw(thrown);
    }
    if (isThenable(result)) return this.#afterwards(result);
    const isAwaited = this.#contextIndex === 1 && this.#callback === undefined;
    if (isAwaited) return this.#end().then(() => result);
    // Who declares a callback answers by it, later; of the others nothing more is to come.
    if (this.#callback === undefined || declaredArguments < 3) void this.#end();
    return result;
  }

  #handlerArgs(): unknown[] {
    const args = [...this.#args];
    const callback = this.#callback;
    const answer = (call: () => unknown): void => void this.#end().then(call);
    if (this.#context !== undefined) args[this.#contextIndex] = withAnswers(this.#context, answer);
    if (callback !== undefined)
      args[2] = (...result: unknown[]) => answer(() => callback(...result));
    return args;
  }

  #threw(thrown: unknown): unknown {
    const callback = this.#callback;
    // What the runtime does with it itself.
    if (callback !== undefined) return void this.#end().then(() => callback(thrown));
    return this.#end().then(() => Promise.reject(thrown));
  }

  async #afterwards(result: PromiseLike<unknown>): Promise<unknown> {
    try {
      return await result;
    } finally {
      await this.#end();
    }
  }

  #end(): Promise<void> {
    this.#finished = this.#finished.then(() => this.#finish(this.#context));
    return this.#finished;
  }
}

function asFunction(value: unknown): ((...args: unknown[]) => unknown) | undefined {
  if (typeof value !== 'function') return undefined;
  return (...args) => Reflect.apply(value, undefined, args);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function'
  );
}
