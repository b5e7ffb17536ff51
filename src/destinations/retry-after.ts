/**
 * `Retry-After` in milliseconds from now: seconds or an HTTP date (RFC 9110, section 10.2.3). Nothing when
 * there is none or it cannot be read.
 *
 * @param dateHeader The `Date` of the same answer: a date counts from there, as the two clocks may differ.
 */
export function parseRetryAfter(
  header: unknown,
  wallMillis: number,
  dateHeader?: unknown,
): number | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header.trim();
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text) * 1000;
  const dateMillis = Date.parse(text);
  if (Number.isNaN(dateMillis)) return undefined;
  const answeredMillis = typeof dateHeader === 'string' ? Date.parse(dateHeader) : Number.NaN;
  const fromMillis = Number.isNaN(answeredMillis) ? wallMillis : answeredMillis;
  return Math.max(0, dateMillis - fromMillis);
}
