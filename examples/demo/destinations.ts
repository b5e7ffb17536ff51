import type { DestinationLogRecordExporter } from 'collectorless';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import type { LocalServices } from 'collectorless/testing';

/** What the app's process needs to know to reach the local services. */
export interface Addresses {
  readonly clientConfig: LocalServices['clientConfig'];
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
];
