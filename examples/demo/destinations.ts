import type { DestinationLogRecordExporter } from 'collectorless';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { HttpLogRecordExporter } from 'collectorless/http';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import type { LocalServices } from 'collectorless/testing';
import { ZeroMqLogRecordExporter } from 'collectorless/zeromq';

/** What the app's process needs to know to reach the local services. */
export interface Addresses {
  readonly clientConfig: LocalServices['clientConfig'];
  readonly httpUrl: string;
  readonly zeromqEndpoint: string;
}

export interface DemoDestination {
  readonly name: string;
  /** Called in the app's process. */
  createExporter(addresses: Addresses): DestinationLogRecordExporter;
  /** Called in the demo's process: every record that is stored now, decoded. */
  storedRecords(services: LocalServices): readonly unknown[];
  /** What one request may hold at most, where the service has a limit. */
  readonly requestLimit?: { readonly bytes: number; readonly entries: number };
}

/** All that the demo knows about a destination: one entry each. */
export const destinations: readonly DemoDestination[] = [
  {
    name: 'firehose',
    createExporter: ({ clientConfig }) =>
      new FirehoseLogRecordExporter({
        deliveryStreamName: '{service.name}-logs',
        aggregation: 'lines',
        clientConfig,
      }),
    storedRecords: ({ firehose }) => firehose.decoded,
    requestLimit: { bytes: 4 * 1024 * 1024, entries: 500 },
  },
  {
    name: 'cloudwatch-logs',
    createExporter: ({ clientConfig }) =>
      new CloudWatchLogRecordExporter({ retentionInDays: 7, clientConfig }),
    storedRecords: ({ cloudWatchLogs }) => cloudWatchLogs.decoded,
    requestLimit: { bytes: 1_048_576, entries: 10_000 },
  },
  {
    name: 'sqs',
    createExporter: ({ clientConfig }) =>
      new SqsLogRecordExporter({
        queueName: '{service.name}-logs',
        aggregation: 'lines',
        clientConfig,
      }),
    storedRecords: ({ sqs }) => sqs.decoded,
    requestLimit: { bytes: 1_048_576, entries: 10 },
  },
  {
    name: 'http',
    createExporter: ({ httpUrl }) =>
      new HttpLogRecordExporter({
        url: `${httpUrl}/receiver/v1/http/{service.name}`,
        preset: 'sumologic',
        compression: 'gzip',
      }),
    storedRecords: ({ http }) => http.decoded,
    requestLimit: { bytes: 1_000_000, entries: 10_000 },
  },
  {
    name: 'zeromq',
    createExporter: ({ zeromqEndpoint }) =>
      new ZeroMqLogRecordExporter({ endpoint: zeromqEndpoint, aggregation: 'lines' }),
    storedRecords: ({ zeromq }) => zeromq.decoded,
  },
];
