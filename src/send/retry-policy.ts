/** How the waits before another attempt grow. */
export interface RetryPolicy {
  /** Upper bound of the first wait in milliseconds, 0 to 2,147,483,647. */
  readonly initialBackoffMillis: number;
  /** Upper bound of any wait in milliseconds, 0 to 2,147,483,647. */
  readonly maxBackoffMillis: number;
  /** Growth of the upper bound from wait to wait, 1 to 100. */
  readonly backoffMultiplier: number;
}

/**
 * The wait before the attempt after `failures` failed ones, in milliseconds.
 *
 * Full jitter: the whole wait is random, so that many processes that failed together do not come back
 * together (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/). At least
 * 1 ms, so that the application gets its turn between two attempts that fail at once.
 */
export function backoffMillis(policy: RetryPolicy, failures: number, random: () => number): number {
  const ceiling = policy.initialBackoffMillis * policy.backoffMultiplier ** (failures - 1);
  return Math.max(1, random() * Math.min(policy.maxBackoffMillis, ceiling));
}
