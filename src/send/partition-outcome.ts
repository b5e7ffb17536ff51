import { compactEntries } from './compact-entries.ts';
import type { QueuedEntry } from './outbound-request.ts';
import type { DropReason, EntryOutcome } from './send-outcome.ts';

export interface RejectedEntries<E> {
  readonly entries: E[];
  readonly reason: DropReason;
  readonly error: Error;
}

/** What can go again when it is made smaller. */
export interface OversizedEntries<E> {
  readonly entries: E[];
  /** The least that was said of any of them. */
  readonly maxEntryBytes: number;
  /** The first entry's. */
  readonly error: Error;
}

export interface PartitionedOutcome<E> {
  readonly delivered: E[];
  readonly oversized: OversizedEntries<E> | undefined;
  /** One for each reason. */
  readonly rejected: RejectedEntries<E>[];
  readonly retryable: E[];
  /** The first retryable entry's. */
  readonly error: Error;
}

/** Sorts a request's entries by what the service said of each; without a word they are retryable. */
export function partitionOutcome<E extends QueuedEntry>(
  entries: readonly E[],
  outcomes: readonly EntryOutcome[],
): PartitionedOutcome<E> {
  const delivered: E[] = [];
  const rejected = new Map<DropReason, RejectedEntries<E>>();
  let oversized: OversizedEntries<E> | undefined;
  const retryable: E[] = [];
  let error: Error | undefined;
  entries.forEach((entry, index) => {
    const outcome = outcomes[index];
    if (outcome?.status === 'delivered') {
      delivered.push(entry);
    } else if (outcome?.status === 'rejected') {
      const { maxEntryBytes, reason } = outcome;
      if (maxEntryBytes !== undefined) {
        oversized = {
          entries: [...(oversized?.entries ?? []), entry],
          maxEntryBytes: Math.min(oversized?.maxEntryBytes ?? maxEntryBytes, maxEntryBytes),
          error: oversized?.error ?? outcome.error ?? new Error('Too large for the target'),
        };
        return;
      }
      const known = rejected.get(reason);
      if (known === undefined) {
        const firstError = outcome.error ?? new Error(`Refused by the service: ${reason}`);
        rejected.set(reason, { entries: [entry], reason, error: firstError });
      } else known.entries.push(entry);
    } else {
      const restampedMillis = outcome?.restampMillis;
      retryable.push(
        restampedMillis === undefined ? entry : { ...entry, bytes: entry.bytes, restampedMillis },
      );
      error ??= outcome?.error;
    }
  });
  return {
    delivered,
    oversized,
    rejected: [...rejected.values()],
    retryable: compactEntries(retryable),
    error: error ?? new Error('The service did not say what became of the entry'),
  };
}
