import type { LocalServices } from 'collectorless/testing';

export interface DemoDestination {
  /** As in `OTEL_LOGS_EXPORTER`. */
  readonly name: string;
  /** The settings of its exporter, as variables. */
  environment(services: LocalServices): Readonly<Record<string, string>>;
  /** Every record that is stored now, decoded. */
  storedRecords(services: LocalServices): readonly unknown[];
  /** What was sent: each request with its size as the service counts it. */
  sent(services: LocalServices): Sent;
  /** What one request may hold at most, where the service has a limit. */
  readonly requestLimit?: { readonly bytes: number; readonly entries: number };
}

interface Sent {
  readonly requests: number;
  readonly bytes: number;
  /** Firehose records, events, messages, or lines: what the service counts in a request. */
  readonly entries: number;
}

/** All that the demo knows about a destination: one entry each. */
export const destinations: readonly DemoDestination[] = [
  {
    name: 'firehose',
    environment: () => ({
      OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME: '{service.name}-logs',
      OTEL_EXPORTER_FIREHOSE_AGGREGATION: 'lines',
    }),
    storedRecords: ({ firehose }) => firehose.decoded,
    sent: ({ firehose, requests }) =>
      sentTo(
        requests.filter(({ operation }) => operation === 'PutRecordBatch'),
        firehose.records.map(({ data }) => data.length),
      ),
    requestLimit: { bytes: 4 * 1024 * 1024, entries: 500 },
  },
  {
    name: 'cloudwatch-logs',
    environment: () => ({ OTEL_EXPORTER_CLOUDWATCH_LOGS_RETENTION_IN_DAYS: '7' }),
    storedRecords: ({ cloudWatchLogs }) => cloudWatchLogs.decoded,
    sent: ({ cloudWatchLogs, requests }) =>
      sentTo(
        requests.filter(({ operation }) => operation === 'PutLogEvents'),
        // The service counts 26 bytes for each event beside its text.
        cloudWatchLogs.messages.map((message) => Buffer.byteLength(message) + 26),
      ),
    requestLimit: { bytes: 1_048_576, entries: 10_000 },
  },
  {
    name: 'sqs',
    environment: () => ({
      OTEL_EXPORTER_SQS_QUEUE_NAME: '{service.name}-logs',
      OTEL_EXPORTER_SQS_AGGREGATION: 'lines',
    }),
    storedRecords: ({ sqs }) => sqs.decoded,
    sent: ({ requests, sqs }) =>
      sentTo(
        requests.filter(({ operation }) => operation === 'SendMessageBatch'),
        sqs.messages.map(({ body }) => Buffer.byteLength(body)),
      ),
    requestLimit: { bytes: 1_048_576, entries: 10 },
  },
  {
    name: 'http',
    environment: ({ http }) => ({
      OTEL_EXPORTER_HTTP_LOGS_URL: `${http.url}/receiver/v1/http/{service.name}`,
      OTEL_EXPORTER_HTTP_LOGS_PRESET: 'sumologic',
      OTEL_EXPORTER_HTTP_LOGS_COMPRESSION: 'gzip',
    }),
    storedRecords: ({ http }) => http.decoded,
    sent: ({ http }) => ({
      ...sentTo(
        http.accepted,
        http.accepted.map(({ body }) => body.length),
      ),
      entries: http.decoded.length,
    }),
    requestLimit: { bytes: 1_000_000, entries: 10_000 },
  },
  {
    name: 'zeromq',
    environment: ({ zeromq }) => ({
      OTEL_EXPORTER_ZEROMQ_ENDPOINT: zeromq.endpoint,
      OTEL_EXPORTER_ZEROMQ_AGGREGATION: 'lines',
    }),
    storedRecords: ({ zeromq }) => zeromq.decoded,
    sent: ({ zeromq }) =>
      sentTo(
        zeromq.messages,
        zeromq.messages.map(({ body }) => body.length),
      ),
  },
];

function sentTo(requests: readonly unknown[], entrySizes: readonly number[]): Sent {
  return {
    requests: requests.length,
    bytes: entrySizes.reduce((sum, size) => sum + size, 0),
    entries: entrySizes.length,
  };
}
