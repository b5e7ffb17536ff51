import { PassThrough } from 'node:stream';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

export interface RuntimeOptions {
  /** Node.js of the managed runtime: up to 22 it knows callbacks, from 24 on it refuses them. Default 24. */
  readonly node?: 22 | 24;
  /** Time of an invocation. Default 3,000. */
  readonly timeoutMillis?: number;
}

export interface Answer {
  readonly result?: unknown;
  readonly error?: unknown;
  /** What a streaming handler wrote. */
  readonly streamed?: string;
  readonly remainingMillis: number;
}

type Invoke = (handler: CallableFunction, event: unknown) => Promise<Answer>;

/**
 * The part of Lambda's Node.js runtimes that a handler can tell: which arguments it gets, and which of its
 * returns, throws and calls count as the answer
 * (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client, src/Runtime.js, CallbackContext.js).
 */
export function lambdaRuntime(options: RuntimeOptions = {}): Invoke {
  const { node = 24, timeoutMillis = 3000 } = options;
  return async (handler, event) => {
    const deadlineMillis = Date.now() + timeoutMillis;
    const context = {
      awsRequestId: '00000000-0000-4000-8000-000000000000',
      functionName: 'shop',
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => deadlineMillis - Date.now(),
    };
    const withTime = (answer: Omit<Answer, 'remainingMillis'>): Answer => ({
      ...answer,
      remainingMillis: context.getRemainingTimeInMillis(),
    });
    const isStreaming = Reflect.get(handler, STREAMING) === 'response';
    if (isStreaming) return withTime(await stream(handler, event, context));
    if (node === 22) return withTime(await callBack(handler, event, context));
    if (handler.length >= 3) throw new Error('Runtime.CallbackHandlerDeprecated');
    try {
      return withTime({ result: await Reflect.apply(handler, undefined, [event, context]) });
    } catch (error) {
      return withTime({ error });
    }
  };
}

async function stream(
  handler: CallableFunction,
  event: unknown,
  context: object,
): Promise<Pick<Answer, 'error' | 'streamed'>> {
  const responseStream = new PassThrough();
  try {
    const result: unknown = Reflect.apply(handler, undefined, [event, responseStream, context]);
    if (!isThenable(result)) throw new Error('Streaming does not support non-async handlers.');
    await result;
    if (!responseStream.writableFinished) throw new Error('Response stream is not finished.');
    return { streamed: String(responseStream.read()) };
  } catch (error) {
    return { error };
  }
}

/** The first answer counts, whichever way it comes. */
function callBack(
  handler: CallableFunction,
  event: unknown,
  base: object,
): Promise<Pick<Answer, 'result' | 'error'>> {
  return new Promise((resolve) => {
    const done = (error: unknown, result?: unknown): void =>
      resolve(error === undefined || error === null ? { result } : { error });
    const succeed = (result: unknown): void => done(null, result);
    const fail = (error: unknown): void => done(error ?? 'handled');
    const context = Object.assign(base, { done, fail, succeed });
    try {
      const result: unknown = Reflect.apply(handler, undefined, [event, context, done]);
      if (isThenable(result)) result.then(context.succeed, context.fail);
    } catch (error) {
      done(error);
    }
  });
}

/** `awslambda.streamifyResponse` marks the very function that it gets. */
export function streamifyResponse<H extends CallableFunction>(handler: H): H {
  Reflect.set(handler, STREAMING, 'response');
  return handler;
}

function isThenable(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
