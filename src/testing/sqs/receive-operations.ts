import { AwsError } from '../aws/aws-error.ts';
import { type AwsOperation, awsOperation } from '../aws/aws-operation.ts';
import { list, number, optional, structure, text } from '../aws/shape.ts';
import { checkEntryIds } from './check-batch.ts';
import { existingQueue, queueNameOf } from './existing-queue.ts';
import type { LocalSqs } from './local-sqs.ts';
import { md5, md5OfAttributes } from './message-checksums.ts';
import { missingParameter } from './missing-parameter.ts';
import type { ReceivedMessage } from './visible-messages.ts';

export function receiveMessage(store: LocalSqs): AwsOperation {
  return awsOperation({
    input: structure({
      QueueUrl: text,
      AttributeNames: optional(list(text)),
      MessageSystemAttributeNames: optional(list(text)),
      MessageAttributeNames: optional(list(text)),
      MaxNumberOfMessages: optional(number),
      VisibilityTimeout: optional(number),
      WaitTimeSeconds: optional(number),
      ReceiveRequestAttemptId: optional(text),
    }),
    missing: missingParameter,
    target: ({ QueueUrl }) => queueNameOf(QueueUrl),
    async run(input, { check, nowMillis, signal }) {
      const queue = existingQueue(store, input.QueueUrl);
      const { MaxNumberOfMessages: max = 1, WaitTimeSeconds: waitSeconds = 0 } = input;
      if (max < 1 || max > 10) {
        const message = `Value ${max} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`;
        const sizes = { limit: 10, actual: max };
        check.refuseCall({
          rule: 'receive-count',
          error: 'InvalidParameterValue',
          message,
          ...sizes,
        });
      }
      const visible = store.visible(queue.name);
      const hideMillis = (input.VisibilityTimeout ?? queue.visibilityTimeoutSeconds) * 1_000;
      let received = visible.receive(max, hideMillis, nowMillis);
      if (received.length === 0 && waitSeconds > 0) {
        await visible.arrival(waitSeconds * 1_000, signal);
        received = visible.receive(max, hideMillis, nowMillis + waitSeconds * 1_000);
      }
      const names = input.MessageAttributeNames ?? [];
      return received.length === 0 ? {} : { Messages: received.map((one) => toWire(one, names)) };
    },
  });
}

export function deleteMessage(store: LocalSqs): AwsOperation {
  return awsOperation({
    input: structure({ QueueUrl: text, ReceiptHandle: text }),
    missing: missingParameter,
    target: ({ QueueUrl }) => queueNameOf(QueueUrl),
    run({ QueueUrl, ReceiptHandle }) {
      const queue = existingQueue(store, QueueUrl);
      if (store.visible(queue.name).delete(ReceiptHandle)) return {};
      throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
    },
  });
}

export function deleteMessageBatch(store: LocalSqs): AwsOperation {
  return awsOperation({
    input: structure({
      QueueUrl: text,
      Entries: list(structure({ Id: text, ReceiptHandle: text })),
    }),
    missing: missingParameter,
    target: ({ QueueUrl }) => queueNameOf(QueueUrl),
    entryCount: ({ Entries }) => Entries.length,
    run({ QueueUrl, Entries }, { check }) {
      const visible = store.visible(existingQueue(store, QueueUrl).name);
      checkEntryIds(
        Entries.map(({ Id }) => Id),
        'DeleteMessageBatchRequestEntry',
        check,
      );
      const unknown = Entries.filter(({ ReceiptHandle }) => !visible.delete(ReceiptHandle));
      const failed = unknown.map(({ Id }) => ({
        Id,
        SenderFault: true,
        Code: 'ReceiptHandleIsInvalid',
        Message: 'The input receipt handle is invalid.',
      }));
      const successful = Entries.filter((entry) => !unknown.includes(entry));
      return { Successful: successful.map(({ Id }) => ({ Id })), Failed: failed };
    },
  });
}

function toWire(
  { message, receiptHandle, receiveCount }: ReceivedMessage,
  names: readonly string[],
): object {
  const wanted = Object.entries(message.attributes).filter(
    ([name]) => names.includes('All') || names.includes('.*') || names.includes(name),
  );
  const attributes = Object.fromEntries(wanted);
  return {
    MessageId: message.messageId,
    ReceiptHandle: receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(wanted.length === 0
      ? {}
      : { MessageAttributes: attributes, MD5OfMessageAttributes: md5OfAttributes(attributes) }),
    Attributes: {
      SentTimestamp: String(message.sentAtMillis),
      ApproximateReceiveCount: String(receiveCount),
      ...(message.messageGroupId === undefined ? {} : { MessageGroupId: message.messageGroupId }),
    },
  };
}
