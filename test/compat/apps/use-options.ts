// Compiled, never run: an application that sets the options of every exporter, for each TypeScript and line.
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import {
  createBatchProcessor,
  createEncoder,
  type Destination,
  DestinationLogRecordExporter,
  type Drop,
  type ExporterStats,
  flushAll,
  jsonEncoder,
  type LogRecordEncoder,
  type LogRecordExporterOptions,
  type SendOutcome,
} from 'collectorless';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { decodeLogRecords, decodeStream } from 'collectorless/decode';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { HttpLogRecordExporter, type HttpLogRecordExporterOptions } from 'collectorless/http';
import { KinesisLogRecordExporter } from 'collectorless/kinesis';
import { withLogFlush } from 'collectorless/lambda';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import { createLogRecord, destinationContract, startLocalServices } from 'collectorless/testing';
import { ZeroMqLogReceiver, ZeroMqLogRecordExporter } from 'collectorless/zeromq';

const shared: LogRecordExporterOptions = {
  encoding: 'msgpack',
  compression: 'none',
  oversize: 'split',
  acknowledge: 'delivered',
  timeoutMillis: 20_000,
  flushTimeoutMillis: 10_000,
  shutdownTimeoutMillis: 5_000,
  concurrencyLimit: 4,
  retry: { initialBackoffMillis: 100 },
  maxBufferedBytes: 1_000_000,
  maxTargets: 8,
  spool: { directory: '/var/spool/shop', maxBytes: 1_000_000, maxAgeMillis: 60_000 },
  staticFields: { revision: '2026.11', nested: { list: [1, null] } },
  excludeScopes: ['noisy', /^internal/u],
  onDrop: ({ reason, count, error }: Drop) => void [reason, count, error?.message],
};

const ownEncoder: LogRecordEncoder = {
  name: 'upper',
  contentType: 'text/plain',
  isText: true,
  encode: ({ body }: ReadableLogRecord) => String(body).toUpperCase(),
};

const http: HttpLogRecordExporterOptions = {
  ...shared,
  encoding: ownEncoder,
  url: new URL('https://logs.example.com/in'),
  method: 'PUT',
  headers: async ({ key, resource, count }) => ({
    'x-group': key,
    'x-count': String(count),
    'x-service': String(resource.attributes['service.name']),
    'x-none': undefined,
  }),
  groupBy: (record, resource) =>
    String(record.attributes['tenant'] ?? resource.attributes['host.name']),
  framing: 'array',
  retryStatuses: [429, 503],
  partialAcceptance: ({ status }) =>
    status === 207 ? { rejectedIndexes: [0], retryIndexes: [1] } : 'accepted',
};

const memory: Destination = {
  name: 'memory',
  limits: { maxEntries: 10, maxRequestBytes: 10_000, maxEntryBytes: 1_000 },
  targetNames: { file: '{service.name}', tenant: (record) => String(record.attributes['tenant']) },
  async send({ entries, target }, { signal }): Promise<SendOutcome> {
    if (signal.aborted) return { status: 'retryable', error: new Error(target.key) };
    return entries.length > 0
      ? { status: 'delivered' }
      : { status: 'rejected', reason: 'invalid', error: new Error('x') };
  },
};

export const exporters: readonly DestinationLogRecordExporter[] = [
  new FirehoseLogRecordExporter({
    ...shared,
    deliveryStreamName: '{service.name}',
    aggregation: 'lines',
  }),
  new FirehoseLogRecordExporter({
    deliveryStreamName: 'logs',
    client: new FirehoseClient({ maxAttempts: 1 }),
  }),
  new KinesisLogRecordExporter({
    streamName: 'logs-{service.name}',
    partitionKey: (record) => String(record.attributes['tenant']),
    client: new KinesisClient({ maxAttempts: 1 }),
  }),
  new KinesisLogRecordExporter({
    streamArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/logs',
    aggregation: 'lines',
    clientConfig: { region: 'eu-central-1' },
  }),
  new CloudWatchLogRecordExporter({
    logGroupName: (record) => String(record.resource.attributes['service.name']),
    logStreamName: '{host.name}',
    retentionInDays: 7,
    tags: { team: 'shop' },
    entity: { keyAttributes: { Type: 'Service', Name: 'shop' } },
    rejected: 'restamp',
    clientConfig: {
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    },
  }),
  new SqsLogRecordExporter({
    queueName: 'logs.fifo',
    messageGroupId: '{service.name}',
    clientConfig: { region: 'x' },
  }),
  new SqsLogRecordExporter({
    queueUrl: 'https://sqs.example.com/1/logs',
    messageAttributes: { tenant: '{attributes.tenant}' },
  }),
  new HttpLogRecordExporter(http),
  new HttpLogRecordExporter({
    url: 'https://sumo.example.com',
    preset: 'sumologic',
    sumo: { category: 'shop', fields: { team: 'a' } },
  }),
  new ZeroMqLogRecordExporter({
    endpoint: 'tcp://127.0.0.1:5010',
    socketType: 'pub',
    bind: true,
    topic: '{severity}',
  }),
  new DestinationLogRecordExporter({ ...shared, encoding: jsonEncoder(), destination: memory }),
  new DestinationLogRecordExporter({ encoding: createEncoder('body'), destination: memory }),
];

export const provider: LoggerProvider = new LoggerProvider({
  processors: exporters.flatMap((exporter) => [
    new BatchLogRecordProcessor({ exporter }),
    createBatchProcessor(exporter, { maxQueueSize: 4_096 }),
  ]),
});

type Handler = (event: { readonly orders: readonly string[] }) => Promise<number>;

export const handler: Handler = withLogFlush(
  async ({ orders }: { readonly orders: readonly string[] }) => {
    await flushAll({ timeoutMillis: 1_000 });
    return orders.length;
  },
  { reserveMillis: 300, flush: [provider] },
);

export async function check(
  bytes: Uint8Array,
  stream: AsyncIterable<Uint8Array>,
): Promise<readonly string[]> {
  const services = await startLocalServices({
    zeromq: true,
    faults: [{ kind: 'throttle', rate: 0.2 }],
  });
  destinationContract({
    it: (_name, run) => run(),
    service: 'http',
    createExporter: ({ http: { url } }, overrides) =>
      new HttpLogRecordExporter({ ...overrides, url }),
    arrived: ({ http: { decoded } }) => decoded,
  });
  const receiver = new ZeroMqLogReceiver({
    endpoint: [services.zeromq.endpoint],
    handlers: [{ match: ({ topic }) => topic !== '', handle: ({ record }) => void record.body }],
    onGap: ({ firstMissing, lastMissing }) => void (lastMissing - firstMissing),
  });
  await receiver.start();
  const texts = decodeLogRecords(bytes, { encoding: 'json' }).map(
    ({ severityText = '' }) => severityText,
  );
  for await (const { body } of decodeStream(stream, { onError: ({ position }) => void position })) {
    texts.push(String(body));
  }
  const stats: ExporterStats[] = exporters.map((exporter) => exporter.stats());
  texts.push(String(stats[0]?.dropped['too_large'] ?? createLogRecord().body));
  return texts;
}
