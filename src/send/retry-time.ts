import type { OutboundRequest, QueuedEntry } from './outbound-request.ts';
import type { RequestSchedulerOptions } from './request-scheduler-options.ts';
import { backoffMillis } from './retry-policy.ts';

/** Before the deadline, time enough for an answer. */
const LAST_ATTEMPT_MILLIS = 1000;

export interface RetryTime {
  /** Monotonic time of the next attempt. */
  readonly dueMillis: number;
  /** The service named the wait. */
  readonly askedByService: boolean;
  /** The service named a wait that is longer than there is time. */
  readonly isLastAttempt: boolean;
}

/**
 * When a request that failed goes again; undefined when the deadline passes before.
 *
 * A service that names too long a wait may be back earlier than it says: rather than to drop the request
 * unheard, it is tried once more shortly before the deadline.
 */
export function retryTime<E extends QueuedEntry>(
  request: OutboundRequest<E>,
  retryAfterMillis: number | undefined,
  parts: Pick<RequestSchedulerOptions<E, never>, 'clock' | 'random' | 'retry'>,
): RetryTime | undefined {
  const now = parts.clock.monotonicMillis();
  const askedByService = retryAfterMillis !== undefined;
  const waitMillis = retryAfterMillis ?? backoffMillis(parts.retry, request.failures, parts.random);
  const dueMillis = now + waitMillis;
  if (dueMillis < request.deadlineMillis)
    return { dueMillis, askedByService, isLastAttempt: false };
  const lastMillis = request.deadlineMillis - LAST_ATTEMPT_MILLIS;
  return askedByService && lastMillis > now
    ? { dueMillis: lastMillis, askedByService, isLastAttempt: true }
    : undefined;
}
