import { STATUS_CODES } from 'node:http';
import type { SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import { parseRetryAfter } from '../retry-after.ts';

/** The first value of a header, by its name in lower case. */
type ReadHeader = (name: 'retry-after' | 'date') => string | undefined;

/** What a status means for the records of the request. */
export function outcomeOfStatus(
  status: number,
  header: ReadHeader,
  retryStatuses: ReadonlySet<number>,
  wallMillis: number,
): SendOutcome {
  if (status >= 200 && status < 300) return { status: 'delivered' };
  const error = new ServiceError(describeStatus(status), {
    code: String(status),
    httpStatusCode: status,
  });
  if (retryStatuses.has(status)) {
    const retryAfterMillis = parseRetryAfter(header('retry-after'), wallMillis, header('date'));
    return {
      status: 'retryable',
      error,
      ...(retryAfterMillis === undefined ? {} : { retryAfterMillis }),
    };
  }
  // Content Too Large: half of it may do. URI Too Long can only be said of a single record.
  if (status === 413 || status === 414) {
    return { status: 'rejected', reason: 'too_large', error, divisible: true };
  }
  return { status: 'rejected', reason: 'rejected', error };
}

/**
 * Neither headers nor body are told: a redirect's address may hold a token, and many services repeat in
 * their complaint what we sent.
 */
function describeStatus(status: number): string {
  const line = `HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trim();
  if (status === 307 || status === 308) {
    return `${line}: not followed to another origin or further than a few steps; set \`url\` to the final address`;
  }
  if (status >= 301 && status <= 303) {
    return `${line}: a redirect that would turn the request into a GET; set \`url\` to the final address`;
  }
  return line;
}
