import type { PackedEntry } from '../pack/packed-entry.ts';

/** An entry in the exporter's care. */
export interface QueuedEntry extends PackedEntry {
  /** Monotonic time at which the exporter took it over. */
  readonly acceptedAtMillis: number;
  /** Monotonic time at which it was ready to be sent. */
  readonly packedAtMillis: number;
}

/** One request with what is known of it, from the first attempt to the fate of its last entry. */
export interface OutboundRequest<E extends QueuedEntry> {
  /** Later requests have larger ones; the pieces of a halved request share theirs. */
  readonly id: number;
  /** What is still to be decided; gets shorter when the service takes a part. */
  entries: readonly E[];
  /** Monotonic time after which nothing is tried any more. */
  readonly deadlineMillis: number;
  /** Attempts that failed as a whole or in part. */
  failures: number;
  lastFailure?: AttemptFailure;
  /** Shared by all pieces of a request that was halved to find the entry that spoils it. */
  division?: Division;
  firstAttemptMillis?: number;
  /** It goes in spite of the pause that the service asked for: there is no time after it. */
  isLastAttempt?: boolean;
}

export interface AttemptFailure {
  readonly error: Error;
  readonly timedOut: boolean;
}

export interface FailedAttempt extends AttemptFailure {
  /** The service's own wish. */
  readonly retryAfterMillis?: number | undefined;
}

export interface Division {
  refusedAlone: number;
  delivered: number;
}

export function createOutboundRequest<E extends QueuedEntry>(
  id: number,
  entries: readonly E[],
  timeoutMillis: number,
): OutboundRequest<E> {
  let oldest = Number.POSITIVE_INFINITY;
  for (const { acceptedAtMillis } of entries) oldest = Math.min(oldest, acceptedAtMillis);
  return { id, entries, deadlineMillis: oldest + timeoutMillis, failures: 0 };
}

/**
 * It has timed out when no attempt had an answer: a last attempt that the deadline cuts off says nothing
 * against those before it that were answered.
 */
export function noteAttemptFailure<E extends QueuedEntry>(
  request: OutboundRequest<E>,
  { error, timedOut }: AttemptFailure,
): void {
  letGoOfFrames(error);
  const { lastFailure } = request;
  const hadAnswer = lastFailure !== undefined && !lastFailure.timedOut;
  request.failures += 1;
  request.lastFailure = hadAnswer && timedOut ? lastFailure : { error, timedOut };
}

/** Until its stack is read, an error holds the functions that were running, and through them all that was sent. */
function letGoOfFrames(error: Error): void {
  try {
    void error.stack;
  } catch {
    // The application's own way of writing stacks (`Error.prepareStackTrace`), or its own error.
  }
}
