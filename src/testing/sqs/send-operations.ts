import { AwsError } from '../aws/aws-error.ts';
import { type AwsCallContext, type AwsOperation, awsOperation } from '../aws/aws-operation.ts';
import { checkBatch } from './check-batch.ts';
import { existingQueue, queueNameOf } from './existing-queue.ts';
import { findMessageProblem, findMissingFifoId } from './find-message-problem.ts';
import type { LocalQueue } from './local-queue.ts';
import type { LocalSqs } from './local-sqs.ts';
import { md5, md5OfAttributes } from './message-checksums.ts';
import { missingParameter } from './missing-parameter.ts';
import { sendMessageBatchInput, sendMessageInput, type WireMessage } from './sqs-message.ts';

interface FailedEntry {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

export function sendMessageBatch(store: LocalSqs): AwsOperation {
  return awsOperation({
    input: sendMessageBatchInput,
    missing: missingParameter,
    target: ({ QueueUrl }) => queueNameOf(QueueUrl),
    entryCount: ({ Entries }) => Entries.length,
    run({ QueueUrl, Entries }, context) {
      const queue = existingQueue(store, QueueUrl);
      checkBatch(Entries, context.check);
      for (const entry of Entries) checkFifoIds(entry, queue, context);
      const failed: FailedEntry[] = [];
      const successful: object[] = [];
      for (const [index, entry] of Entries.entries()) {
        const failure = failureOf(entry, index, queue, context);
        if (failure !== undefined) failed.push(failure);
        else successful.push({ Id: entry.Id, ...storeMessage(store, queue, entry, context) });
      }
      return {
        ...(successful.length === 0 ? {} : { Successful: successful }),
        ...(failed.length === 0 ? {} : { Failed: failed }),
      };
    },
  });
}

export function sendMessage(store: LocalSqs): AwsOperation {
  return awsOperation({
    input: sendMessageInput,
    missing: missingParameter,
    target: ({ QueueUrl }) => queueNameOf(QueueUrl),
    run(message, context) {
      const queue = existingQueue(store, message.QueueUrl);
      checkFifoIds(message, queue, context);
      const problem = findMessageProblem(message, queue);
      if (problem !== undefined) context.check.refuseCall(problem);
      if (context.entryFails(0)) throw new AwsError('InternalError', 'Internal error', 500);
      return storeMessage(store, queue, message, context);
    },
  });
}

function checkFifoIds(message: WireMessage, queue: LocalQueue, { check }: AwsCallContext): void {
  const problem = findMissingFifoId(message, queue);
  if (problem !== undefined) check.refuseCall(problem);
}

function failureOf(
  entry: WireMessage & { readonly Id: string },
  index: number,
  queue: LocalQueue,
  { check, entryFails, fault }: AwsCallContext,
): FailedEntry | undefined {
  const { Id } = entry;
  const problem = findMessageProblem(entry, queue);
  if (
    problem !== undefined &&
    check.refuseEntry({ ...problem, detail: `${Id} ${problem.detail ?? ''}`.trim() })
  ) {
    return { Id, SenderFault: true, Code: problem.error, Message: problem.message };
  }
  if (!entryFails(index)) return undefined;
  const { code = 'InternalError', senderFault = false } =
    fault?.kind === 'partial-failure' ? fault : {};
  return { Id, SenderFault: senderFault, Code: code, Message: 'Injected failure.' };
}

function storeMessage(
  store: LocalSqs,
  queue: LocalQueue,
  wire: WireMessage,
  { nowMillis, fault }: AwsCallContext,
): object {
  const { message, isDuplicate } = queue.accept(wire, nowMillis);
  if (!isDuplicate) store.store(message, wire.DelaySeconds ?? 0);
  const { MessageAttributes: attributes = {}, MessageBody: body } = wire;
  const hasAttributes = Object.keys(attributes).length > 0;
  const { sequenceNumber } = message;
  return {
    MessageId: message.messageId,
    MD5OfMessageBody: md5(fault?.kind === 'wrong-checksum' ? `${body}?` : body),
    ...(hasAttributes ? { MD5OfMessageAttributes: md5OfAttributes(attributes) } : {}),
    ...(sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber }),
  };
}
