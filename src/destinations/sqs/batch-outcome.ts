import type { BatchResultErrorEntry, SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import { isObject } from '../../is-object.ts';
import type { EntryOutcome, SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';
import { isPassingErrorName } from '../aws/classify-aws-error.ts';
import { errorCode } from '../aws/error-code.ts';
import { maxMessageBytesIn } from './classify-sqs-error.ts';

/**
 * What a 200 says of each message, by the id under which it was sent: its index
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html).
 *
 * @param maxEntryBytesFor The bytes of an entry that fits a message of so many bytes.
 */
export function batchOutcome(
  response: SendMessageBatchCommandOutput,
  entryCount: number,
  maxEntryBytesFor: (messageBytes: number) => number,
): SendOutcome {
  const stored = new Set(listOf(response.Successful).map(({ Id }) => Id));
  const failed = new Map(listOf(response.Failed).map((failure) => [failure.Id, failure]));
  const ids = Array.from({ length: entryCount }, (_, index) => String(index));
  if (ids.every((id) => stored.has(id))) return { status: 'delivered' };
  if (!ids.some((id) => stored.has(id) || failed.has(id))) {
    const error = new ServiceError('The answer names none of the messages', {
      code: 'MalformedAnswer',
    });
    return { status: 'retryable', error };
  }
  return {
    status: 'partial',
    entries: ids.map((id): EntryOutcome => {
      if (stored.has(id)) return { status: 'delivered' };
      const failure = failed.get(id);
      return failure === undefined
        ? { status: 'retryable' }
        : failedOutcome(failure, maxEntryBytesFor);
    }),
  };
}

/** `SenderFault` says that the same message would be refused again. */
function failedOutcome(
  { Code, Message, SenderFault }: BatchResultErrorEntry,
  maxEntryBytesFor: (messageBytes: number) => number,
): EntryOutcome {
  const code = errorCode(Code);
  const error = new ServiceError(Message ?? '', { code, httpStatusCode: 200 });
  if (SenderFault !== true || isPassingErrorName(code)) return { status: 'retryable', error };
  const messageBytes = maxMessageBytesIn(Message);
  if (messageBytes === undefined) return { status: 'rejected', reason: 'rejected', error };
  return {
    status: 'rejected',
    reason: 'too_large',
    maxEntryBytes: maxEntryBytesFor(messageBytes),
    error,
  };
}

/** An answer that lost its form on the way is not an array, or not one of objects. */
function listOf<T>(list: readonly T[] | undefined): readonly T[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}
