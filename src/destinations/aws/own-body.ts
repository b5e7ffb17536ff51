import { webcrypto } from 'node:crypto';
import { ClientRequest } from 'node:http';
import type { JsonBody } from './json-body.ts';
import { objectProperty } from './object-property.ts';

/** From here on a hash in the thread pool costs the main thread less than making it itself. */
const POOL_HASH_BYTES = 128 * 1024;
const HASH_HEADER = 'x-amz-content-sha256';

/** What is needed of a command's stack of middleware. */
interface MiddlewareStack {
  add(middleware: Watch, where: { step: 'deserialize'; name: string; priority: 'low' }): void;
  addRelativeTo(
    middleware: HandIn,
    where: { relation: 'after' | 'before'; toMiddleware: string; name: string },
  ): void;
}

type HandIn = <Args extends { readonly request: unknown }, Result>(
  next: (args: Args) => Promise<Result>,
) => (args: Args) => Promise<Result>;

type Watch = <Args, Result extends { readonly response: unknown }>(
  next: (args: Args) => Promise<Result>,
) => (args: Args) => Promise<Result>;

export interface OwnBody {
  readonly body: JsonBody;
  /** True when nobody else sees the client's requests, so that their memory may be used again. */
  readonly isPrivate: boolean;
}

/**
 * Sends a body that is ready in place of the one that the SDK would make of a command's input, and uses its
 * memory again when it was sent. The input holds no entries: the SDK would only walk them for nothing.
 *
 * @param send Sends the command through the client.
 * @param onResponse Sees the response of each attempt before the SDK reads it.
 */
export async function withOwnBody<Output>(
  { middlewareStack }: { readonly middlewareStack: MiddlewareStack },
  { body, isPrivate }: OwnBody,
  send: () => Promise<Output>,
  onResponse: (response: unknown) => Promise<void> | undefined = () => undefined,
): Promise<Output> {
  const bytes = body.bytes();
  let started = 0;
  let sent = 0;
  // In place of what the SDK made: all that others add for bodies sees this one.
  middlewareStack.addRelativeTo(
    (next) => async (args) => {
      if (isObject(args.request)) Object.assign(args.request, { body: bytes });
      return next(args);
    },
    { relation: 'after', toMiddleware: 'serializerMiddleware', name: 'collectorlessBody' },
  );
  // A user's client may sign in ways of its own.
  if (isPrivate && bytes.length >= POOL_HASH_BYTES) hashInPool(middlewareStack, bytes);
  // Next to the connection: once for each attempt.
  middlewareStack.add(
    (next) => async (args) => {
      started += 1;
      const result = await next(args);
      if (hasLeft(result.response)) sent += 1;
      await onResponse(result.response);
      return result;
    },
    { step: 'deserialize', name: 'collectorlessSent', priority: 'low' },
  );
  const output = await send();
  // After a failure something may still read it, and a user's middleware may keep it; then the garbage
  // collector takes it.
  if (isPrivate && started > 0 && started === sent) body.release();
  return output;
}

/** The signer takes the hash from a header, where it would put its own. */
function hashInPool(middlewareStack: MiddlewareStack, bytes: Uint8Array): void {
  // At the last moment, for each attempt: until then others may have put another body in its place.
  middlewareStack.addRelativeTo(
    (next) => async (args) => {
      const { request } = args;
      const headers = objectProperty(request, 'headers');
      const isOurs = objectProperty(request, 'body') === bytes;
      if (!isOurs || !isObject(request) || !isObject(headers) || HASH_HEADER in headers) {
        return next(args);
      }
      const digest = await webcrypto.subtle.digest('SHA-256', bytes);
      const hash = Buffer.from(digest).toString('hex');
      Object.assign(request, { headers: { ...headers, [HASH_HEADER]: hash } });
      try {
        return await next(args);
      } finally {
        Object.assign(request, { headers });
      }
    },
    { relation: 'before', toMiddleware: 'httpSigningMiddleware', name: 'collectorlessHash' },
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** True when the system has all of the request's bytes; of an unknown way of sending nothing is known. */
function hasLeft(response: unknown): boolean {
  const answer = objectProperty(response, 'body');
  const request = objectProperty(answer, 'req');
  return request instanceof ClientRequest && request.writableFinished;
}
