import type { AwsService } from '../aws/aws-service.ts';
import type { LocalSqs } from './local-sqs.ts';
import { createQueue, getQueueAttributes, getQueueUrl } from './queue-operations.ts';
import { deleteMessage, deleteMessageBatch, receiveMessage } from './receive-operations.ts';
import { sendMessage, sendMessageBatch } from './send-operations.ts';

const queryPrefix = 'AWS.SimpleQueueService.';
// SQS goes on telling the error names of its older protocol in a header.
const queryCodes: Readonly<Record<string, string>> = {
  BatchEntryIdsNotDistinct: `${queryPrefix}BatchEntryIdsNotDistinct`,
  BatchRequestTooLong: `${queryPrefix}BatchRequestTooLong`,
  EmptyBatchRequest: `${queryPrefix}EmptyBatchRequest`,
  InvalidBatchEntryId: `${queryPrefix}InvalidBatchEntryId`,
  QueueDoesNotExist: `${queryPrefix}NonExistentQueue`,
  TooManyEntriesInBatchRequest: `${queryPrefix}TooManyEntriesInBatchRequest`,
  UnsupportedOperation: `${queryPrefix}UnsupportedOperation`,
};

/** The operations of SQS that a sender and a reader of logs need. */
export function sqsService(store: LocalSqs): AwsService {
  return {
    name: 'sqs',
    signingName: 'sqs',
    targetPrefix: 'AmazonSQS',
    jsonVersion: '1.0',
    operations: new Map([
      ['SendMessageBatch', sendMessageBatch(store)],
      ['SendMessage', sendMessage(store)],
      ['ReceiveMessage', receiveMessage(store)],
      ['DeleteMessage', deleteMessage(store)],
      ['DeleteMessageBatch', deleteMessageBatch(store)],
      ['CreateQueue', createQueue(store)],
      ['GetQueueUrl', getQueueUrl(store)],
      ['GetQueueAttributes', getQueueAttributes(store)],
    ]),
    faultNames: {
      throttle: ['RequestThrottled', 'The request was denied due to request throttling.'],
      unavailable: 'ServiceUnavailable',
      internal: 'InternalError',
      expired: 'ExpiredToken',
      notFound: ['QueueDoesNotExist', 'The specified queue does not exist.'],
    },
    errorType: (code) => `com.amazonaws.sqs#${code}`,
    errorHeaders(code, status) {
      const side = status < 500 ? 'Sender' : 'Receiver';
      return { 'x-amzn-query-error': `${queryCodes[code] ?? code};${side}` };
    },
    deleteTarget: (name) => store.deleteQueue(name),
  };
}
