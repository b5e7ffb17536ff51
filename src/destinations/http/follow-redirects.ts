import type { Dispatcher } from 'undici';
import { HTTP_LIMITS } from './http-limits.ts';
import { discardBody } from './response-body.ts';

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
export async function requestWithRedirects(
  dispatcher: Dispatcher,
  { url, ...request }: OutgoingRequest,
): Promise<Dispatcher.ResponseData> {
  let address = url;
  for (let redirects = 0; ; redirects += 1) {
    const response = await dispatcher.request({
      origin: address.origin,
      path: address.pathname + address.search,
      ...request,
    });
    const next = redirectOf(response, address);
    if (next === undefined || redirects >= HTTP_LIMITS.maxRedirects) return response;
    await discardBody(response.body);
    address = next;
  }
}

function redirectOf({ headers, statusCode }: Dispatcher.ResponseData, from: URL): URL | undefined {
  if (statusCode !== 307 && statusCode !== 308) return undefined;
  const { location } = headers;
  if (typeof location !== 'string' || !URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  return to.origin === from.origin ? to : undefined;
}
