import type { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import type { LocalServices } from '../../testing/index.ts';
import type { RequestLimit } from './delivery-report.ts';

export interface DemoDestination {
  readonly name: 'firehose' | 'cloudwatch-logs' | 'sqs' | 'http' | 'zeromq';
  /** The package that it needs beside this one. */
  readonly packageName?: string;
  /** Rejects when that package is not installed. */
  readonly loadPackage?: () => Promise<unknown>;
  readonly createExporter: (services: LocalServices) => Promise<DestinationLogRecordExporter>;
  /** Every record that is stored now, decoded. */
  readonly storedRecords: (services: LocalServices) => readonly unknown[];
  readonly requestLimit?: RequestLimit;
}

/** All that the demo knows about the destinations; each loads when it is used. */
export const demoDestinations: readonly DemoDestination[] = [
  {
    name: 'firehose',
    packageName: '@aws-sdk/client-firehose',
    loadPackage: () => import('@aws-sdk/client-firehose'),
    async createExporter({ clientConfig }) {
      const { FirehoseLogRecordExporter } = await import('../../destinations/firehose/index.ts');
      return new FirehoseLogRecordExporter({
        deliveryStreamName: '{service.name}-logs',
        aggregation: 'lines',
        clientConfig,
      });
    },
    storedRecords: ({ firehose }) => firehose.decoded,
    requestLimit: { bytes: 4 * 1024 * 1024, entries: 500 },
  },
  {
    name: 'cloudwatch-logs',
    packageName: '@aws-sdk/client-cloudwatch-logs',
    loadPackage: () => import('@aws-sdk/client-cloudwatch-logs'),
    async createExporter({ clientConfig }) {
      const { CloudWatchLogRecordExporter } = await import(
        '../../destinations/cloudwatch-logs/index.ts'
      );
      return new CloudWatchLogRecordExporter({ retentionInDays: 7, clientConfig });
    },
    storedRecords: ({ cloudWatchLogs }) => cloudWatchLogs.decoded,
    requestLimit: { bytes: 1_048_576, entries: 10_000 },
  },
  {
    name: 'sqs',
    packageName: '@aws-sdk/client-sqs',
    loadPackage: () => import('@aws-sdk/client-sqs'),
    async createExporter({ clientConfig }) {
      const { SqsLogRecordExporter } = await import('../../destinations/sqs/index.ts');
      return new SqsLogRecordExporter({
        queueName: '{service.name}-logs',
        aggregation: 'lines',
        clientConfig,
      });
    },
    storedRecords: ({ sqs }) => sqs.decoded,
    requestLimit: { bytes: 1_048_576, entries: 10 },
  },
  {
    name: 'http',
    async createExporter({ http }) {
      const { HttpLogRecordExporter } = await import('../../destinations/http/index.ts');
      return new HttpLogRecordExporter({
        url: `${http.url}/receiver/v1/http/{service.name}`,
        preset: 'sumologic',
        compression: 'gzip',
      });
    },
    storedRecords: ({ http }) => http.decoded,
    requestLimit: { bytes: 1_000_000, entries: 10_000 },
  },
  {
    name: 'zeromq',
    packageName: 'zeromq',
    loadPackage: () => import('zeromq'),
    async createExporter(services) {
      const { ZeroMqLogRecordExporter } = await import('../../destinations/zeromq/index.ts');
      const { endpoint } = await services.startZeroMq();
      return new ZeroMqLogRecordExporter({ endpoint, aggregation: 'lines' });
    },
    storedRecords: ({ zeromq }) => zeromq.decoded,
  },
];
