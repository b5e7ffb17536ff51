import type { Failure } from './diagnosis.ts';

/** Other libraries' names for what the system has a code for. */
const SAME_AS: Readonly<Record<string, string>> = {
  'other side closed': 'ECONNRESET',
  'socket hang up': 'ECONNRESET',
  UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
  UND_ERR_SOCKET: 'ECONNRESET',
};

/**
 * The system's code of a network failure, such as `ECONNRESET`.
 *
 * The AWS SDK calls some of them `TimeoutError` and leaves the code in the message.
 */
export function networkCode({ code, message }: Failure): string | undefined {
  const own = SAME_AS[code] ?? SAME_AS[message];
  if (own !== undefined) return own;
  if (/^E[A-Z_]+$/u.test(code) && !code.startsWith('ERR_')) return code;
  if (code !== 'TimeoutError' && code !== 'AggregateError') return undefined;
  return /\bE[A-Z]{3,}\b/u.exec(message)?.[0];
}
