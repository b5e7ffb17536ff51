import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { KinesisLogRecordExporter } from 'collectorless/kinesis';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord } from 'collectorless/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

interface Received {
  readonly line: string;
  /** Names and values in turn, as they came. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** What all of the services answer when they have stored one record. */
const ANSWER = JSON.stringify({
  FailedPutCount: 0,
  RequestResponses: [{ RecordId: 'r' }],
  Successful: [{ Id: '0', MessageId: 'm' }],
  Records: [{ SequenceNumber: '1', ShardId: 's' }],
  nextSequenceToken: 't',
});
/** What no two requests of the SDK have in common. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'amz-sdk-invocation-id',
  'authorization',
  'x-amz-date',
]);

const received: Received[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({
      line: `${request.method} ${request.url}`,
      headers: request.rawHeaders,
      body: Buffer.concat(chunks).toString(),
    });
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(ANSWER);
  });
});

const credentials = { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' };
let clientConfig: { endpoint: string; region: string; credentials: typeof credentials };

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  clientConfig = { endpoint: `http://127.0.0.1:${port}`, region: 'eu-west-1', credentials };
});

afterAll(() => server.close());

afterEach(() => {
  vi.restoreAllMocks();
  received.length = 0;
});

function withoutOwn({ headers, ...request }: Received): object {
  const shared = headers.map((text, index) => {
    const isOwn = index % 2 === 1 && OWN_HEADERS.has(headers[index - 1]?.toLowerCase() ?? '');
    return isOwn ? 'of its own' : text;
  });
  return { ...request, headers: shared };
}

function ownOf({ headers }: Received, name: string): string | undefined {
  return headers[headers.indexOf(name) + 1];
}

const destinations: readonly [
  name: string,
  prototype: { send(...args: never): unknown },
  create: () => LogRecordExporter,
][] = [
  [
    'Firehose',
    FirehoseClient.prototype,
    () => new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig }),
  ],
  [
    'CloudWatch Logs',
    CloudWatchLogsClient.prototype,
    () => new CloudWatchLogRecordExporter({ logGroupName: 'a', logStreamName: 'b', clientConfig }),
  ],
  [
    'SQS',
    SQSClient.prototype,
    () => {
      const queueUrl = `${clientConfig.endpoint}/000000000000/logs`;
      return new SqsLogRecordExporter({ queueUrl, clientConfig });
    },
  ],
  [
    'Kinesis',
    KinesisClient.prototype,
    () => new KinesisLogRecordExporter({ streamName: 'logs', partitionKey: 'one', clientConfig }),
  ],
];

describe.each(destinations)('a repeated request to %s', (_name, prototype, create) => {
  it.each([10, 150_000])(
    'is the one that the SDK makes, but for id, date and signature (%i bytes)',
    async (length) => {
      const send = vi.spyOn(prototype, 'send');
      const exporter = create();
      const record = createLogRecord({ body: 'x'.repeat(length) });
      for (let left = 3; left > 0; left -= 1) {
        exporter.export([record], () => {});
        await exporter.forceFlush?.();
      }
      await exporter.shutdown();
      // The first goes through the SDK, the others do not.
      expect(send).toHaveBeenCalledTimes(1);
      const [first, ...others] = received;
      expect(others).toHaveLength(2);
      for (const other of others) {
        expect(first && withoutOwn(other)).toEqual(first && withoutOwn(first));
      }
      const ids = received.map((request) => ownOf(request, 'amz-sdk-invocation-id'));
      expect(new Set(ids).size).toBe(3);
    },
  );
});
