import {
  SendMessageBatchCommand,
  type SendMessageBatchCommandOutput,
  type SendMessageBatchRequestEntry,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalServices } from '../../../src/testing/index.ts';

export type Entry = SendMessageBatchRequestEntry;

export const clientOf = (services: LocalServices): SQSClient =>
  new SQSClient({ ...services.clientConfig, maxAttempts: 1 });

export const entry = (Id: string, MessageBody = 'x', more: Partial<Entry> = {}): Entry => ({
  Id,
  MessageBody,
  ...more,
});

export const attributes = (count: number): NonNullable<Entry['MessageAttributes']> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `a${index}`,
      { DataType: 'String', StringValue: 'v' },
    ]),
  );

export const attribute = (
  name: string,
  StringValue = 'v',
  DataType = 'String',
): Partial<Entry> => ({
  MessageAttributes: { [name]: { DataType, StringValue } },
});

export const fifo = (more: Partial<Entry> = {}): Partial<Entry> => ({
  MessageGroupId: 'group',
  MessageDeduplicationId: 'id',
  ...more,
});

export function send(
  services: LocalServices,
  Entries: Entry[],
  queue = 'logs',
): Promise<SendMessageBatchCommandOutput> {
  const QueueUrl = services.sqs.queueUrl(queue);
  return clientOf(services).send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}
