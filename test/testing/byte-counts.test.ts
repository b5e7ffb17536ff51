import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { startLocalServices } from '../../src/testing/index.ts';

const FIVE_KIB = 5 * 1024;

it('the local services count the bytes of what they were sent, kept or not, until they are cleared', async () => {
  await using services = await startLocalServices({
    cloudWatchLogs: { groups: { group: ['stream'] }, keepEvents: false },
    firehose: { keepRecords: false },
  });
  const { clientConfig, cloudWatchLogs, firehose, http, sqs } = services;
  const text = 'größe';
  const large = 'x'.repeat(FIVE_KIB + 1);
  await new FirehoseClient(clientConfig).send(
    new PutRecordBatchCommand({
      DeliveryStreamName: 'logs',
      Records: [text, large].map((data) => ({ Data: Buffer.from(data) })),
    }),
  );
  await new CloudWatchLogsClient(clientConfig).send(
    new PutLogEventsCommand({
      logGroupName: 'group',
      logStreamName: 'stream',
      logEvents: [{ timestamp: Date.now(), message: text }],
    }),
  );
  await new SQSClient(clientConfig).send(
    new SendMessageCommand({ QueueUrl: sqs.queueUrl('logs'), MessageBody: text }),
  );
  await fetch(http.url, { method: 'POST', body: text });
  const stores = [firehose, cloudWatchLogs, sqs, http];
  expect(stores.map(({ byteCount }) => byteCount)).toEqual([7 + FIVE_KIB + 1, 7, 7, 7]);
  // Firehose bills each record by itself.
  expect(firehose.billedBytes).toBe(3 * FIVE_KIB);
  for (const store of stores) store.clear();
  expect(stores.map(({ byteCount }) => byteCount)).toEqual([0, 0, 0, 0]);
  expect(firehose.billedBytes).toBe(0);
});
