import type { Clock } from './clock.ts';
import type { DeliveryObserver } from './delivery-observer.ts';
import type { ConcurrencyLimits } from './fair-share.ts';
import type { QueuedEntry } from './outbound-request.ts';
import type { OversizedEntries } from './partition-outcome.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { SendOutcome } from './send-outcome.ts';

export interface RequestSchedulerOptions<E extends QueuedEntry, T> extends ConcurrencyLimits {
  /** Makes one request; answers what became of it. */
  readonly send: (target: T, entries: readonly E[], signal: AbortSignal) => Promise<SendOutcome>;
  readonly observer: DeliveryObserver<E, T>;
  /**
   * The entries of a request as they go on after an attempt that did not deliver all of them: apart, where the service
   * may have said something of each or halves are to be sent. Default: as they are.
   */
  readonly afterFailure?: (
    entries: readonly E[],
    status: Exclude<SendOutcome['status'], 'delivered'>,
  ) => readonly E[];
  /** From the acceptance of a request's oldest entry to its end over all attempts. */
  readonly timeoutMillis: number;
  readonly retry: RetryPolicy;
  /**
   * Makes entries that were larger than their target takes fit `maxEntryBytes`, as requests of their own.
   * What it leaves out, it has booked as dropped.
   */
  readonly repack?: (target: T, oversized: OversizedEntries<E>) => readonly (readonly E[])[];
  /** One request in flight a target, and a failed one before all that came after it. */
  readonly ordered: boolean | ((target: T) => boolean);
  readonly clock: Clock;
  readonly random: () => number;
  /** Gets what should never be thrown, so that it does not end the application. */
  readonly onBug: (error: unknown) => void;
}

/** Which requests are given up, and why. */
export interface GiveUp {
  readonly error: Error;
  /** Also those that failed and wait for their next attempt. */
  readonly alsoTried: boolean;
}
