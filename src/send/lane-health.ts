import type { Clock } from './clock.ts';
import type { DeliveryObserver } from './delivery-observer.ts';
import type { Lane } from './lane.ts';
import type { QueuedEntry } from './outbound-request.ts';
import { backoffMillis, type RetryPolicy } from './retry-policy.ts';

export interface LaneHealthParts<T> {
  readonly observer: Pick<DeliveryObserver<never, T>, 'troubled' | 'recovered'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly retry: RetryPolicy;
  readonly timeoutMillis: number;
}

export interface LaneFailure {
  readonly error: Error;
  readonly retryAfterMillis?: number | undefined;
  readonly isMisconfigured?: boolean;
  readonly timedOut: boolean;
}

/** The target answered: what waits for it need not sit out a long back-off, but comes scattered. */
export function noteAnswer<E extends QueuedEntry, T>(
  lane: Lane<E, T>,
  parts: LaneHealthParts<T>,
): void {
  const wasTroubled = lane.isTroubled;
  lane.failuresInARow = 0;
  lane.proven = true;
  if (!wasTroubled) return;
  parts.observer.recovered(lane.target);
  const now = parts.clock.monotonicMillis();
  if (!lane.pauseAskedByService) lane.pausedUntilMillis = 0;
  for (const waiting of lane.waiting) {
    const soonMillis = now + parts.random() * parts.retry.initialBackoffMillis;
    if (!waiting.askedByService) waiting.dueMillis = Math.min(waiting.dueMillis, soonMillis);
  }
}

/**
 * The target failed a whole request: it pauses when it says so, or after several failures in a row.
 *
 * It pauses no longer than a request may live: all that it could keep waiting is dropped by then. "At once"
 * is no wish of a target that goes on failing.
 */
export function noteFailure<E extends QueuedEntry, T>(
  lane: Lane<E, T>,
  failure: LaneFailure,
  parts: LaneHealthParts<T>,
): void {
  const { retryAfterMillis } = failure;
  const now = parts.clock.monotonicMillis();
  const wasTroubled = lane.isTroubled;
  // No answer at all costs a place for the whole time limit: one is enough to go carefully.
  lane.recordFailure({ isHopeless: failure.timedOut || failure.isMisconfigured === true });
  if (lane.isTroubled && !wasTroubled) parts.observer.troubled(lane.target, failure.error);
  if (retryAfterMillis !== undefined && retryAfterMillis > 0) {
    const pauseMillis = Math.min(retryAfterMillis, parts.timeoutMillis);
    lane.pausedUntilMillis = Math.max(lane.pausedUntilMillis, now + pauseMillis);
    lane.pauseAskedByService = true;
  } else if (lane.isTroubled && now >= lane.pausedUntilMillis) {
    lane.pausedUntilMillis =
      now + backoffMillis(parts.retry, lane.failuresSinceTroubled, parts.random);
    lane.pauseAskedByService = false;
  }
}
