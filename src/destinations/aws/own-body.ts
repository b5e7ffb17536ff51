import { webcrypto } from 'node:crypto';
import { ClientRequest } from 'node:http';
import type { JsonBody } from './json-body.ts';
import { objectProperty } from './object-property.ts';

/** From here on a hash in the thread pool costs the main thread less than making it itself. */
const POOL_HASH_BYTES = 128 * 1024;

/** What is needed of a command's stack of middleware. */
interface MiddlewareStack {
  add(middleware: HandIn, where: { step: 'build'; name: string; priority: 'high' }): void;
  add(middleware: Watch, where: { step: 'deserialize'; name: string; priority: 'low' }): void;
}

type HandIn = <Args extends { readonly request: unknown }, Result>(
  next: (args: Args) => Promise<Result>,
) => (args: Args) => Promise<Result>;

type Watch = <Args, Result extends { readonly response: unknown }>(
  next: (args: Args) => Promise<Result>,
) => (args: Args) => Promise<Result>;

/**
 * Sends a body that is ready in place of the one that the SDK would make of a command's input, and uses its
 * memory again when it was sent. The input holds no entries: the SDK would only walk them for nothing.
 *
 * @param send Sends the command through the client.
 * @param onResponse Sees the response of each attempt before the SDK reads it.
 */
export async function withOwnBody<Output>(
  { middlewareStack }: { readonly middlewareStack: MiddlewareStack },
  body: JsonBody,
  send: () => Promise<Output>,
  onResponse: (response: unknown) => Promise<void> | undefined = () => undefined,
): Promise<Output> {
  const bytes = body.bytes();
  let started = 0;
  let sent = 0;
  // Before the SDK counts, signs and sends the body.
  middlewareStack.add(
    (next) => async (args) => {
      await handIn(args.request, bytes);
      return next(args);
    },
    { step: 'build', name: 'collectorlessBody', priority: 'high' },
  );
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
  // After a failure something may still read it; then the garbage collector takes it.
  if (started > 0 && started === sent) body.release();
  return output;
}

async function handIn(request: unknown, body: Uint8Array): Promise<void> {
  if (typeof request !== 'object' || request === null) return;
  Object.assign(request, { body });
  if (body.length < POOL_HASH_BYTES) return;
  const headers = objectProperty(request, 'headers');
  if (typeof headers !== 'object' || headers === null) return;
  // The signer takes the hash from here, where it would put its own.
  const digest = await webcrypto.subtle.digest('SHA-256', body);
  Object.assign(headers, { 'x-amz-content-sha256': Buffer.from(digest).toString('hex') });
}

/** True when the system has all of the request's bytes; of an unknown way of sending nothing is known. */
function hasLeft(response: unknown): boolean {
  const answer = objectProperty(response, 'body');
  const request = objectProperty(answer, 'req');
  return request instanceof ClientRequest && request.writableFinished;
}
