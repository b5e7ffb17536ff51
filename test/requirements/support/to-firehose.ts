import type { LogRecordExporterOptions } from 'collectorless';
import { FirehoseLogRecordExporter, type FirehoseOptions } from 'collectorless/firehose';
import type { LocalServices } from 'collectorless/testing';
import { ending, quick } from './requirement-run.ts';

export function exporterTo(
  { clientConfig }: LocalServices,
  options: Partial<FirehoseOptions> & LogRecordExporterOptions = {},
): FirehoseLogRecordExporter {
  return ending(
    new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      clientConfig,
      ...quick,
      ...options,
    }),
  );
}

export const sizesOf = ({ requests }: LocalServices): number[] =>
  requests.map(({ entries }) => entries);
