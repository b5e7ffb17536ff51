import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  FirehoseClient,
  PutRecordBatchCommand,
  type PutRecordBatchCommandOutput,
} from '@aws-sdk/client-firehose';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Fault, type LocalServices, startLocalServices } from '../../../src/testing/index.ts';

export const bodies: readonly string[] = ['a', 'b', 'c', 'd'];

export function firehose(
  services: LocalServices,
  maxAttempts = 1,
): Promise<PutRecordBatchCommandOutput> {
  const client = new FirehoseClient({ ...services.clientConfig, maxAttempts });
  const Records = bodies.map((text) => ({ Data: Buffer.from(`${text}\n`) }));
  return client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'logs', Records }));
}

export function logs(services: LocalServices): Promise<unknown> {
  const client = new CloudWatchLogsClient({ ...services.clientConfig, maxAttempts: 1 });
  const logEvents = bodies.map((message) => ({ timestamp: Date.now(), message }));
  return client.send(
    new PutLogEventsCommand({ logGroupName: 'group', logStreamName: 'stream', logEvents }),
  );
}

export function sqs(services: LocalServices): Promise<unknown> {
  const client = new SQSClient({ ...services.clientConfig, maxAttempts: 1 });
  return client.send(
    new SendMessageCommand({ QueueUrl: services.sqs.queueUrl('logs'), MessageBody: 'a' }),
  );
}

export const start = (...faults: Fault[]): Promise<LocalServices> =>
  startLocalServices({ faults, cloudWatchLogs: { groups: { group: ['stream'] } } });

export const stored = ({
  firehose: { recordCount },
  cloudWatchLogs,
  sqs: queue,
}: LocalServices): number => recordCount + cloudWatchLogs.eventCount + queue.messageCount;
