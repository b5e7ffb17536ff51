import type { CloudWatchLogRecordExporterOptions } from '../../destinations/cloudwatch-logs/index.ts';
import type { FirehoseLogRecordExporterOptions } from '../../destinations/firehose/index.ts';
import type { HttpLogRecordExporterOptions } from '../../destinations/http/index.ts';
import type { SqsLogRecordExporterOptions } from '../../destinations/sqs/index.ts';
import type { ZeroMqLogRecordExporterOptions } from '../../destinations/zeromq/index.ts';
import type { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import type { OptionValues } from './build-options.ts';
import type { DestinationName } from './destination-variables.ts';

export type ConstructExporter = (options: OptionValues) => DestinationLogRecordExporter;

/**
 * Imports a destination when it is asked for. Its options have the types of its table; which are there, and
 * whether they go together, is for the constructor to check.
 */
export const LOAD_EXPORTER: Readonly<Record<DestinationName, () => Promise<ConstructExporter>>> = {
  'cloudwatch-logs': async () => {
    const { CloudWatchLogRecordExporter } = await import(
      '../../destinations/cloudwatch-logs/index.ts'
    );
    return (options) =>
      new CloudWatchLogRecordExporter(options as CloudWatchLogRecordExporterOptions);
  },
  firehose: async () => {
    const { FirehoseLogRecordExporter } = await import('../../destinations/firehose/index.ts');
    return (options) => new FirehoseLogRecordExporter(options as FirehoseLogRecordExporterOptions);
  },
  sqs: async () => {
    const { SqsLogRecordExporter } = await import('../../destinations/sqs/index.ts');
    return (options) => new SqsLogRecordExporter(options as SqsLogRecordExporterOptions);
  },
  http: async () => {
    const { HttpLogRecordExporter } = await import('../../destinations/http/index.ts');
    return (options) => new HttpLogRecordExporter(options as HttpLogRecordExporterOptions);
  },
  zeromq: async () => {
    const { ZeroMqLogRecordExporter } = await import('../../destinations/zeromq/index.ts');
    return (options) => new ZeroMqLogRecordExporter(options as ZeroMqLogRecordExporterOptions);
  },
};
