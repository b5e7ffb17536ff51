/**
 * `Retry-After` in milliseconds from now: seconds or an HTTP date (RFC 9110, section 10.2.3). Nothing when
 * there is none or it cannot be read.
 */
export function parseRetryAfter(header: unknown, wallMillis: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header.trim();
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text) * 1000;
  const dateMillis = Date.parse(text);
  return Number.isNaN(dateMillis) ? undefined : Math.max(0, dateMillis - wallMillis);
}
