import type { DestinationLogRecordExporter } from 'collectorless';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { HttpLogRecordExporter } from 'collectorless/http';
import { KinesisLogRecordExporter } from 'collectorless/kinesis';
import { SqsLogRecordExporter } from 'collectorless/sqs';
import type { LocalServices } from 'collectorless/testing';
import { ZeroMqLogRecordExporter } from 'collectorless/zeromq';

/** Where the local services are, in a form that fits an environment variable. */
export interface Addresses {
  readonly clientConfig: LocalServices['clientConfig'];
  readonly httpUrl: string;
  readonly zeromqEndpoint: string;
}

/** An exporter for each destination. */
export function createExporters(addresses: Addresses): readonly DestinationLogRecordExporter[] {
  const { clientConfig, httpUrl, zeromqEndpoint } = addresses;
  return [
    new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', clientConfig }),
    new CloudWatchLogRecordExporter({ clientConfig }),
    new KinesisLogRecordExporter({ streamName: 'logs', clientConfig }),
    new SqsLogRecordExporter({ queueName: 'logs', clientConfig }),
    new HttpLogRecordExporter({ url: httpUrl }),
    new ZeroMqLogRecordExporter({ endpoint: zeromqEndpoint }),
  ];
}
