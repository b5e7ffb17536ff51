import type { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import type { OptionValues } from './build-options.ts';
import type { DestinationName } from './destination-variables.ts';

export type ConstructExporter = (options: OptionValues) => DestinationLogRecordExporter;

/** Imports a destination when it is asked for. */
export const LOAD_EXPORTER: Readonly<Record<DestinationName, () => Promise<ConstructExporter>>> = {
  'cloudwatch-logs': async () => {
    const destination = await import('../../destinations/cloudwatch-logs/index.ts');
    return constructorOf(destination.CloudWatchLogRecordExporter);
  },
  firehose: async () => {
    const destination = await import('../../destinations/firehose/index.ts');
    return constructorOf(destination.FirehoseLogRecordExporter);
  },
  sqs: async () => {
    const destination = await import('../../destinations/sqs/index.ts');
    return constructorOf(destination.SqsLogRecordExporter);
  },
  http: async () => {
    const destination = await import('../../destinations/http/index.ts');
    return constructorOf(destination.HttpLogRecordExporter);
  },
  zeromq: async () => {
    const destination = await import('../../destinations/zeromq/index.ts');
    return constructorOf(destination.ZeroMqLogRecordExporter);
  },
};

/**
 * Each value has the type that its table promises. Whether all are there that must be, and go together, no
 * type can tell: the constructor checks it.
 */
function constructorOf<Options>(
  Exporter: new (options: Options) => DestinationLogRecordExporter,
): ConstructExporter {
  return (options) => new Exporter(options as Options);
}
