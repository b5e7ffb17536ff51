import type { RetryPolicy } from './retry-policy.ts';

/** Whoever waits has seconds: a longer pause could be the last thing that a record gets of them. */
const AWAITED_MAX_BACKOFF_MILLIS = 1000;

/** Pauses as the user wants them, but short ones while somebody waits for the last record. */
export class AwaitedRetryPolicy implements RetryPolicy {
  readonly initialBackoffMillis: number;
  readonly backoffMultiplier: number;
  readonly #maxBackoffMillis: number;
  #waiting = 0;

  constructor({ backoffMultiplier, initialBackoffMillis, maxBackoffMillis }: RetryPolicy) {
    this.initialBackoffMillis = initialBackoffMillis;
    this.backoffMultiplier = backoffMultiplier;
    this.#maxBackoffMillis = maxBackoffMillis;
  }

  get maxBackoffMillis(): number {
    if (this.#waiting === 0) return this.#maxBackoffMillis;
    return Math.min(AWAITED_MAX_BACKOFF_MILLIS, this.#maxBackoffMillis);
  }

  async whileAwaited<Result>(work: Promise<Result>): Promise<Result> {
    this.#waiting += 1;
    try {
      return await work;
    } finally {
      this.#waiting -= 1;
    }
  }
}
