import { webcrypto } from 'node:crypto';
import { ClientRequest } from 'node:http';
import { isObject } from '../../is-object.ts';
import { objectProperty } from '../../object-property.ts';
import { limitAnswer } from './limit-answer.ts';
import { nextTurn } from './next-turn.ts';

/** From here on a hash in the thread pool costs the main thread less than making it itself. */
export const POOL_HASH_BYTES: number = 128 * 1024;
/** From here on a copy takes a millisecond, about. */
const LONG_COPY_BYTES = 2 * 1024 * 1024;
const HASH_HEADER = 'x-amz-content-sha256';

/** What is needed of a command's stack of middleware. */
export interface MiddlewareStack<Output> {
  add(
    middleware: PassBy<Output> | Watch,
    where: { step: 'deserialize'; name: string; priority: 'high' | 'low' },
  ): void;
  addRelativeTo(
    middleware: Middleware<Output>,
    where: { relation: 'after' | 'before'; toMiddleware: string; name: string },
  ): void;
}

export type Middleware<Output> = <Args extends { readonly request: unknown }>(
  next: (args: Args) => Promise<Answer<Output>>,
  context: object,
) => (args: Args) => Promise<Answer<Output>>;

type PassBy<Output> = <Args>(
  next: (args: Args) => Promise<ReadAnswer<Output>>,
) => (args: Args) => Promise<ReadAnswer<Output>>;

export type Watch = <Args, Result extends { readonly response: unknown }>(
  next: (args: Args) => Promise<Result>,
) => (args: Args) => Promise<Result>;

export interface Answer<Output> {
  readonly response: unknown;
  readonly output: Output;
}

/** What comes where it is read; the same, but typed as the SDK does there. */
interface ReadAnswer<Output> {
  readonly response: unknown;
  readonly output?: Output;
}

/** A call on its way, as its middleware sees it. */
export interface CallUnderWay<Output> {
  readonly bytes: Uint8Array;
  readonly signal: AbortSignal;
  readonly onResponse: OnResponse<Output> | undefined;
  /** Attempts that came to the connection. */
  started: number;
  /** Those whose bytes the system has all. */
  sent: number;
  /** Of the latest answer. */
  statusCode: unknown;
  /** True when the connection looked at this signal, and not at one that was kept. */
  isSignalSeen: boolean;
  /** It entered where the SDK signs. */
  isRepeated: boolean;
  /** Ends the call without what the SDK would still do with the response; there while it may. */
  answer: ((answer: Answer<Output>) => void) | undefined;
}

/**
 * Sees the response of an attempt before the SDK reads it. What it answers, is what the call answers: then the SDK
 * need not read it at all.
 */
export type OnResponse<Output> = (response: unknown) => Promise<Output | undefined> | undefined;

/**
 * Puts the body in place of what the SDK made: all that others add for bodies sees this one. It is JSON, which a service
 * would not understand of a client that was given another `protocol`.
 */
export function handIn<Output>(call: () => CallUnderWay<Output>): Middleware<Output> {
  return (next) => async (args) => {
    const { request } = args;
    if (isObject(request)) {
      const mediaType = objectProperty(objectProperty(request, 'headers'), 'content-type');
      if (typeof mediaType === 'string' && !mediaType.includes('json')) {
        throw new TypeError('Expected a client whose `protocol` is JSON, which is the default');
      }
      Object.assign(request, { body: call().bytes });
    }
    return next(args);
  };
}

/**
 * Makes the hash of a long body in the thread pool; the signer takes it from a header, where it would put its
 * own. At the last moment, for each attempt: until then others may have put another body in its place.
 */
export function hashInPool<Output>(call: () => CallUnderWay<Output>): Middleware<Output> {
  return (next) => async (args) => {
    const { bytes } = call();
    const { request } = args;
    const headers = objectProperty(request, 'headers');
    const isOurs = objectProperty(request, 'body') === bytes && bytes.length >= POOL_HASH_BYTES;
    if (!isOurs || !isObject(request) || !isObject(headers) || HASH_HEADER in headers) {
      return next(args);
    }
    // It is copied for the thread pool, which takes about as long as making it. It does not wait for bodies that are
    // still to be made: it would be the last to go.
    const isLong = bytes.length >= LONG_COPY_BYTES;
    if (isLong) await nextTurn();
    const digest = await webcrypto.subtle.digest('SHA-256', bytes);
    // The thread pool's copy was wiped in this turn; to hand the body to the system takes two milliseconds more.
    if (isLong) await nextTurn();
    const hash = Buffer.from(digest).toString('hex');
    Object.assign(request, { headers: { ...headers, [HASH_HEADER]: hash } });
    try {
      return await next(args);
    } finally {
      Object.assign(request, { headers });
    }
  };
}

/**
 * Stands before what reads the response: where the answer is known without that, it is not waited for. Of a call
 * that went through all of the SDK, others want to see more than the answer.
 */
export function passBy<Output>(call: () => CallUnderWay<Output>): PassBy<Output> {
  return (next) => async (args) => {
    const current = call();
    if (!current.isRepeated) return next(args);
    return new Promise((resolve, reject) => {
      current.answer = resolve;
      next(args).then(resolve, reject);
    });
  };
}

/** Stands next to the connection and sees what becomes of each attempt. */
export function watch<Output>(call: () => CallUnderWay<Output>): Watch {
  return (next) => async (args) => {
    const current = call();
    current.started += 1;
    current.isSignalSeen = false;
    const result = await next(args);
    if (hasLeft(result.response)) current.sent += 1;
    limitAnswer(result.response);
    current.statusCode = objectProperty(result.response, 'statusCode');
    const output = await current.onResponse?.(result.response);
    if (output === undefined || current.answer === undefined) return result;
    current.answer({ response: result.response, output });
    // Nobody waits for it: it goes, with all that waits here, when the garbage collector comes.
    return new Promise(() => {});
  };
}

/** True when the system has all of the request's bytes; of an unknown way of sending nothing is known. */
function hasLeft(response: unknown): boolean {
  const answer = objectProperty(response, 'body');
  const request = objectProperty(answer, 'req');
  return request instanceof ClientRequest && request.writableFinished;
}
