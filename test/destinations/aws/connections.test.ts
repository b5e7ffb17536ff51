import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { createCloudWatchLogsDestination } from '../../../src/destinations/cloudwatch-logs/cloudwatch-logs-destination.ts';
import { createFirehoseDestination } from '../../../src/destinations/firehose/firehose-destination.ts';
import { createKinesisDestination } from '../../../src/destinations/kinesis/kinesis-destination.ts';
import { createSqsDestination } from '../../../src/destinations/sqs/sqs-destination.ts';

const region = 'eu-west-1';
const cloudWatchLogs = { logGroupName: 'group', logStreamName: 'stream' };
const firehose = { deliveryStreamName: 'logs' };
const kinesis = { streamName: 'logs' };
const sqs = { queueName: 'logs' };

describe('more requests than the limit, while they pile up', () => {
  it.each([
    createCloudWatchLogsDestination({ ...cloudWatchLogs, clientConfig: { region } }),
    createFirehoseDestination({ ...firehose, clientConfig: { region } }),
    createKinesisDestination({ ...kinesis, clientConfig: { region } }),
    createSqsDestination({ ...sqs, clientConfig: { region } }),
  ])('go to $name over our own connections', ({ keepsConcurrencyLimit }) => {
    expect(keepsConcurrencyLimit).toBe(false);
  });

  it.each([
    createCloudWatchLogsDestination({
      ...cloudWatchLogs,
      client: new CloudWatchLogsClient({ region }),
    }),
    createFirehoseDestination({ ...firehose, client: new FirehoseClient({ region }) }),
    createKinesisDestination({ ...kinesis, client: new KinesisClient({ region }) }),
    createSqsDestination({ ...sqs, client: new SQSClient({ region }) }),
  ])('do not go to $name over a client of the user', ({ keepsConcurrencyLimit }) => {
    expect(keepsConcurrencyLimit).toBe(true);
  });

  it('do not go over a request handler of the user', () => {
    const clientConfig = { region, requestHandler: { maxSockets: 1 } };
    const { keepsConcurrencyLimit } = createFirehoseDestination({ ...firehose, clientConfig });
    expect(keepsConcurrencyLimit).toBe(true);
  });
});
