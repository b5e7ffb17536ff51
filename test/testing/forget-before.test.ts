import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { Push } from 'zeromq';
import { type LocalServices, startLocalServices } from '../../src/testing/index.ts';

async function sendEverywhere(services: LocalServices, text: string): Promise<void> {
  const { clientConfig } = services;
  await new FirehoseClient(clientConfig).send(
    new PutRecordBatchCommand({
      DeliveryStreamName: 'logs',
      Records: [{ Data: Buffer.from(text) }],
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
    new SendMessageCommand({ QueueUrl: services.sqs.queueUrl('logs'), MessageBody: text }),
  );
  await fetch(services.http.url, { method: 'POST', body: text });
  const push = new Push();
  push.connect(services.zeromq.endpoint);
  const before = services.zeromq.messages.length;
  await push.send(text);
  await expect.poll(() => services.zeromq.messages.length).toBe(before + 1);
  push.close();
}

it('what arrived before a time is forgotten everywhere, and what came later stays', async () => {
  let nowMillis = Date.now();
  const groups = { group: ['stream'] };
  await using services = await startLocalServices({
    zeromq: true,
    cloudWatchLogs: { groups },
    now: () => nowMillis,
  });
  await sendEverywhere(services, 'old');
  nowMillis += 1_000;
  await sendEverywhere(services, 'new');
  services.forgetBefore(nowMillis);

  const { cloudWatchLogs, firehose, http, sqs, zeromq } = services;
  for (const store of [firehose, cloudWatchLogs, sqs, http, zeromq]) {
    expect(store.decoded).toEqual(['new']);
  }
  expect(cloudWatchLogs.groups.get('group')?.streams.get('stream')?.events).toHaveLength(1);
  expect(services.requests).toHaveLength(4);
  expect([firehose.recordCount, cloudWatchLogs.eventCount, sqs.messageCount]).toEqual([2, 2, 2]);
  const QueueUrl = sqs.queueUrl('logs');
  const unread = await new SQSClient(services.clientConfig).send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  );
  expect(unread.Messages?.map(({ Body }) => Body)).toEqual(['new']);

  services.forgetBefore(nowMillis + 1);
  expect(services.requests).toEqual([]);
  expect(firehose.records).toEqual([]);
});
