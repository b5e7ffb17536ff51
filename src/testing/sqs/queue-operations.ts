import { AwsError } from '../aws/aws-error.ts';
import { type AwsOperation, awsOperation } from '../aws/aws-operation.ts';
import { list, map, optional, structure, text } from '../aws/shape.ts';
import { existingQueue, queueNameOf } from './existing-queue.ts';
import { isQueueName } from './is-queue-name.ts';
import type { LocalQueue } from './local-queue.ts';
import type { LocalSqs } from './local-sqs.ts';
import { missingParameter } from './missing-parameter.ts';
import { sqsLimits } from './sqs-limits.ts';

export function createQueue(store: LocalSqs): AwsOperation {
  return awsOperation({
    input: structure({
      QueueName: text,
      Attributes: optional(map(text)),
      tags: optional(map(text)),
    }),
    missing: missingParameter,
    target: ({ QueueName }) => QueueName,
    run({ QueueName, Attributes = {} }, { check }) {
      const error = 'InvalidParameterValue';
      // Neither makes a FIFO queue without the other.
      const isFifo = Attributes['FifoQueue'] === 'true';
      if (!isQueueName(QueueName) || isFifo !== QueueName.endsWith('.fifo')) {
        const message =
          'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
        check.refuseCall({ rule: 'queue-name', error, message, detail: QueueName });
      }
      const size = Number(Attributes['MaximumMessageSize'] ?? sqsLimits.maxMessageBytes);
      if (!(size >= sqsLimits.minQueueMessageBytes && size <= sqsLimits.maxMessageBytes)) {
        const message = 'Invalid value for the parameter MaximumMessageSize.';
        const sizes = { limit: sqsLimits.maxMessageBytes, actual: size };
        check.refuseCall({ rule: 'queue-message-size', error, message, ...sizes });
      }
      store.createQueue(QueueName, Attributes);
      return { QueueUrl: store.queueUrl(QueueName) };
    },
  });
}

export function getQueueUrl(store: LocalSqs): AwsOperation {
  return awsOperation({
    input: structure({ QueueName: text, QueueOwnerAWSAccountId: optional(text) }),
    missing: missingParameter,
    target: ({ QueueName }) => QueueName,
    run: ({ QueueName }) => ({ QueueUrl: store.queueUrl(existingQueue(store, QueueName).name) }),
  });
}

export function getQueueAttributes(store: LocalSqs): AwsOperation {
  return awsOperation({
    input: structure({ QueueUrl: text, AttributeNames: optional(list(text)) }),
    missing: missingParameter,
    target: ({ QueueUrl }) => queueNameOf(QueueUrl),
    run({ QueueUrl, AttributeNames = [] }) {
      const queue = existingQueue(store, QueueUrl);
      const all = attributesOf(queue, store.visible(queue.name).count);
      const unknown = AttributeNames.find((name) => name !== 'All' && !knownNames.has(name));
      if (unknown !== undefined) {
        throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
      }
      const wanted = Object.entries(all).filter(
        ([name]) => AttributeNames.includes('All') || AttributeNames.includes(name),
      );
      return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
    },
  });
}

const knownNames = new Set([
  'ApproximateNumberOfMessages',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'QueueArn',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
]);

function attributesOf(queue: LocalQueue, waiting: number): Record<string, string> {
  return {
    DelaySeconds: '0',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    ...queue.attributes,
    ...(queue.isFifo
      ? { FifoQueue: 'true', ContentBasedDeduplication: String(queue.deduplicatesByContent) }
      : {}),
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    MaximumMessageSize: String(queue.maxMessageBytes),
    ApproximateNumberOfMessages: String(waiting),
    QueueArn: `arn:aws:sqs:us-east-1:000000000000:${queue.name}`,
  };
}
