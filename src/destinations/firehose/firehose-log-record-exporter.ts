import { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import { tellUnknownOptions } from '../tell-unknown-options.ts';
import { createFirehoseDestination } from './firehose-destination.ts';
import type { FirehoseLogRecordExporterOptions } from './firehose-log-record-exporter-options.ts';
import { FIREHOSE_TABLE } from './firehose-table.ts';

/**
 * Exports log records to Amazon Data Firehose with PutRecordBatch.
 * @throws InvalidOptionError at construction, for an option that is wrong.
 */
export class FirehoseLogRecordExporter extends DestinationLogRecordExporter {
  constructor(options: FirehoseLogRecordExporterOptions) {
    super({ ...options, destination: createFirehoseDestination(options) });
    tellUnknownOptions('FirehoseLogRecordExporter', options, FIREHOSE_TABLE);
  }
}
