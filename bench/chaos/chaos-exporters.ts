import { CloudWatchLogRecordExporter } from '../../src/destinations/cloudwatch-logs/index.ts';
import { FirehoseLogRecordExporter } from '../../src/destinations/firehose/index.ts';
import { HttpLogRecordExporter } from '../../src/destinations/http/index.ts';
import { SqsLogRecordExporter } from '../../src/destinations/sqs/index.ts';
import { ZeroMqLogRecordExporter } from '../../src/destinations/zeromq/index.ts';
import type { DestinationLogRecordExporter, LogRecordExporterOptions } from '../../src/index.ts';
import type { LocalClientConfig } from '../../src/testing/index.ts';

export const EXPORTER_NAMES = ['firehose', 'cloudwatch-logs', 'sqs', 'http', 'zeromq'] as const;

export type ExporterName = (typeof EXPORTER_NAMES)[number];

/** Where the local services are. */
export interface ServiceAddresses {
  readonly clientConfig: LocalClientConfig;
  readonly httpUrl: string;
  readonly zeroMqEndpoint: string;
}

export const STREAM_NAME = 'chaos';
/** Messages inside ZeroMQ on either side: what a death at either side can cost. */
export const HIGH_WATER_MARK = 100;

export function createExporter(
  name: ExporterName,
  { clientConfig, httpUrl, zeroMqEndpoint }: ServiceAddresses,
  options: LogRecordExporterOptions,
): DestinationLogRecordExporter {
  switch (name) {
    case 'firehose':
      return new FirehoseLogRecordExporter({
        ...options,
        deliveryStreamName: STREAM_NAME,
        aggregation: 'lines',
        clientConfig,
      });
    case 'cloudwatch-logs':
      return new CloudWatchLogRecordExporter({
        ...options,
        logGroupName: `/${STREAM_NAME}`,
        clientConfig,
      });
    case 'sqs':
      return new SqsLogRecordExporter({ ...options, queueName: STREAM_NAME, clientConfig });
    case 'http':
      return new HttpLogRecordExporter({ ...options, url: httpUrl, compression: 'gzip' });
    case 'zeromq':
      return new ZeroMqLogRecordExporter({
        ...options,
        endpoint: zeroMqEndpoint,
        sendHighWaterMark: HIGH_WATER_MARK,
        sendTimeoutMillis: 1000,
      });
  }
}
