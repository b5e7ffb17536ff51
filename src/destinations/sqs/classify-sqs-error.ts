import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { EntryOutcome, SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import { type AwsFailure, classifyAwsError } from '../aws/classify-aws-error.ts';

/** Refusals of a whole call that one of its messages can be the reason of: the others deserve their chance. */
const MESSAGE_ERRORS: ReadonlySet<string> = new Set([
  'BatchRequestTooLong',
  'InvalidMessageContents',
  'InvalidParameterValue',
  'MissingParameter',
]);

const MISSING_QUEUE: ReadonlySet<string> = new Set(['QueueDoesNotExist', 'NonExistentQueue']);

/** Names of errors in the older protocol, which the service still tells, begin with this. */
const OLD_PREFIX = 'AWS.SimpleQueueService.';

export type SqsFailure = AwsFailure & { readonly isQueueMissing: boolean };

/**
 * What a failed call means for the messages in it.
 *
 * A queue that does not exist is worth waiting for: it may be created a moment after the service that logs,
 * or again after it was deleted (which SQS allows after 60 seconds).
 */
export function classifySqsError(thrown: unknown, wallMillis: number): SqsFailure {
  const failure = classifyAwsError(thrown, wallMillis);
  const name = sqsErrorName(failure.error);
  if (failure.status === 'rejected' && MISSING_QUEUE.has(name)) {
    return { status: 'retryable', error: failure.error, isQueueMissing: true };
  }
  if (failure.status === 'rejected' && MESSAGE_ERRORS.has(name)) {
    return { ...failure, divisible: true, isQueueMissing: false };
  }
  return { ...failure, isQueueMissing: false };
}

/** The bytes of a message that a queue takes, from its refusal of a larger one. */
export function maxMessageBytesIn(message: string | undefined): number | undefined {
  const bytes = /\bshorter than (\d+) bytes/iu.exec(message ?? '')?.[1];
  // The service takes that many itself, by what was seen; "shorter" costs one byte and cannot be wrong.
  return bytes === undefined ? undefined : Number(bytes) - 1;
}

/** True when the SDK found another checksum than it expected; the queue has the messages all the same. */
export function isChecksumError(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message.startsWith('Invalid MD5 checksum');
}

/**
 * A call refused for the size of a message, entry by entry: those that are too large are to be made smaller,
 * the others go again. Nothing when it was refused for something else.
 */
export function tooLargeOutcome(
  failure: AwsFailure,
  entries: readonly PackedEntry[],
  maxEntryBytesFor: (messageBytes: number) => number,
): SendOutcome | undefined {
  const messageBytes =
    failure.status === 'rejected' ? maxMessageBytesIn(failure.error.message) : undefined;
  if (messageBytes === undefined) return undefined;
  const { error } = failure;
  const maxEntryBytes = maxEntryBytesFor(messageBytes);
  const entryBytes = entries.map(({ bytes }) => bytes.length);
  if (entryBytes.every((bytes) => bytes <= maxEntryBytes)) return undefined;
  return {
    status: 'partial',
    entries: entryBytes.map(
      (bytes): EntryOutcome =>
        bytes > maxEntryBytes
          ? { status: 'rejected', reason: 'too_large', maxEntryBytes, error }
          : { status: 'retryable', error },
    ),
    retryAfterMillis: 0,
  };
}

function sqsErrorName(error: Error): string {
  const name = error instanceof ServiceError ? error.code : error.name;
  return name.startsWith(OLD_PREFIX) ? name.slice(OLD_PREFIX.length) : name;
}
