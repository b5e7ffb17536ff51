import type { IncomingMessage } from 'node:http';
import type { EncodingOptions } from '../../../cli/print/encoding-options.ts';

/** Bounds of memory. */
export const HTTP_SOURCE_LIMITS = {
  /** Of one body, as it was sent. */
  maxBodyBytes: 16_777_216,
  /** Of all bodies whose records wait to be printed. */
  maxHeldBytes: 67_108_864,
} as const;

export type RequestBody =
  | { readonly body: Buffer; readonly encoding?: EncodingOptions['encoding'] }
  | 'too large'
  | 'unknown type';

/** What a request brings: its body, or the query of a GET. Rejects when the sender goes away. */
export async function receiveLogBody(request: IncomingMessage): Promise<RequestBody> {
  if (request.method === 'GET') return { body: Buffer.from(queryOf(request)) };
  const body = await wholeBody(request);
  if (body === undefined) return 'too large';
  if (/^application\/x-protobuf\b/i.test(typeOf(request))) return 'unknown type';
  return isPlainText(request, body) ? { body, encoding: 'body' } : { body };
}

async function wholeBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // What is too large is read to its end all the same: a sender that still writes does not read the answer.
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= HTTP_SOURCE_LIMITS.maxBodyBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes <= HTTP_SOURCE_LIMITS.maxBodyBytes ? Buffer.concat(chunks) : undefined;
}

/** Many send JSON as text/plain; what does not begin like JSON is text then, whatever it looks like further on. */
function isPlainText(request: IncomingMessage, body: Buffer): boolean {
  if (request.headers['content-encoding'] !== undefined) return false;
  return (
    /^text\/plain\b/i.test(typeOf(request)) && !/^\s*[{[]/.test(body.toString('latin1', 0, 64))
  );
}

function typeOf({ headers }: IncomingMessage): string {
  return headers['content-type'] ?? '';
}

function queryOf({ url = '/' }: IncomingMessage): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
}
