import { type Answer, exchange, type RequestDispatcher } from './exchange.ts';
import { HTTP_LIMITS } from './http-limits.ts';

export interface OutgoingRequest {
  readonly url: URL;
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly signal: AbortSignal;
}

/**
 * Makes the request, and again where a 307 or 308 points to another path of the same origin (RFC 9110,
 * section 15.4): these keep method and body. Another origin never gets our headers or the records.
 */
export async function exchangeWithRedirects(
  dispatcher: RequestDispatcher,
  { url, ...request }: OutgoingRequest,
): Promise<Answer> {
  let address = url;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await exchange(dispatcher, {
      origin: address.origin,
      path: address.pathname + address.search,
      ...request,
    });
    const next = redirectOf(answer, address);
    if (next === undefined || redirects >= HTTP_LIMITS.maxRedirects) return answer;
    // What is announced to be long is not worth the wait for its connection.
    if (announcedBytes(answer) > HTTP_LIMITS.maxIgnoredAnswerBytes) answer.body.cut();
    else await answer.body.discard();
    address = next;
  }
}

function announcedBytes({ headers }: Answer): number {
  return Number(headers.valuesOf('content-length')[0] ?? 0);
}

function redirectOf({ headers, statusCode }: Answer, from: URL): URL | undefined {
  if (statusCode !== 307 && statusCode !== 308) return undefined;
  const [location, ...others] = headers.valuesOf('location');
  if (location === undefined || others.length > 0) return undefined;
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  return to.origin === from.origin ? to : undefined;
}
