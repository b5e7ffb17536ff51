import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createCloudWatchLogsDestination } from '../../src/destinations/cloudwatch-logs/cloudwatch-logs-destination.ts';
import { createFirehoseDestination } from '../../src/destinations/firehose/firehose-destination.ts';
import { createSqsDestination } from '../../src/destinations/sqs/sqs-destination.ts';
import type { Destination } from '../../src/exporter/destination.ts';
import type { CallContent } from './call-contents.ts';

export const CALL_CANDIDATES = ['stock client', 'collectorless'] as const;
export type CallCandidate = (typeof CALL_CANDIDATES)[number];

export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** One call, from content that is ready to the answer that says that all was stored. */
export type Call = () => Promise<void>;

export const LOG_NAMES = { logGroupName: '/otel/bench', logStreamName: 'one' };
const DELIVERY_STREAM = 'logs';

export function createCall(
  candidate: CallCandidate,
  content: CallContent,
  clientConfig: ClientConfig,
): Call {
  return candidate === 'stock client'
    ? stockCall(content, clientConfig)
    : ownCall(content, clientConfig);
}

/** The SDK's client as it comes, given strings and bytes that are ready. */
function stockCall({ entries, service }: CallContent, clientConfig: ClientConfig): Call {
  if (service === 'firehose') {
    const client = new FirehoseClient(clientConfig);
    const Records = entries.map((Data) => ({ Data }));
    return async () => {
      const command = new PutRecordBatchCommand({ DeliveryStreamName: DELIVERY_STREAM, Records });
      assertStored((await client.send(command)).FailedPutCount === 0);
    };
  }
  const texts = entries.map((bytes) => Buffer.from(bytes).toString());
  if (service === 'sqs') {
    const client = new SQSClient(clientConfig);
    const Entries = texts.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    return async () => {
      const command = new SendMessageBatchCommand({ QueueUrl: queueUrl(clientConfig), Entries });
      assertStored((await client.send(command)).Successful?.length === entries.length);
    };
  }
  const client = new CloudWatchLogsClient(clientConfig);
  return async () => {
    const timestamp = Date.now();
    const logEvents = texts.map((message) => ({ timestamp, message }));
    const answer = await client.send(new PutLogEventsCommand({ ...LOG_NAMES, logEvents }));
    assertStored(answer.rejectedLogEventsInfo === undefined);
  };
}

/** What our destination does with packed entries. */
function ownCall(content: CallContent, clientConfig: ClientConfig): Call {
  const { destination, names } = destinationFor(content, clientConfig);
  const target = { key: 'bench', names };
  return async () => {
    const timeMillis = Date.now();
    const entries = content.entries.map((bytes, sequence) => ({
      bytes,
      recordCount: 1,
      timeMillis,
      sequence,
    }));
    const { signal } = new AbortController();
    const outcome = await destination.send({ target, entries }, { signal });
    assertStored(outcome?.status === 'delivered');
  };
}

function destinationFor(
  { service }: CallContent,
  clientConfig: ClientConfig,
): { readonly destination: Destination; readonly names: Record<string, string> } {
  switch (service) {
    case 'firehose': {
      const names = { deliveryStreamName: DELIVERY_STREAM };
      return { destination: createFirehoseDestination({ ...names, clientConfig }), names };
    }
    case 'cloudwatch-logs':
      return {
        destination: createCloudWatchLogsDestination({ ...LOG_NAMES, clientConfig }),
        names: LOG_NAMES,
      };
    case 'sqs': {
      const names = { queueUrl: queueUrl(clientConfig) };
      return { destination: createSqsDestination({ ...names, clientConfig }), names };
    }
  }
}

function queueUrl({ endpoint }: ClientConfig): string {
  return `${endpoint}/000000000000/bench`;
}

function assertStored(isStored: boolean): void {
  if (!isStored) throw new Error('The service did not store all entries');
}
