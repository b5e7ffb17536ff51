import { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import { tellUnknownOptions } from '../tell-unknown-options.ts';
import { createKinesisDestination } from './kinesis-destination.ts';
import type { KinesisLogRecordExporterOptions } from './kinesis-log-record-exporter-options.ts';
import { KINESIS_TABLE } from './kinesis-table.ts';

/**
 * Exports log records to Amazon Kinesis Data Streams with PutRecords.
 * @throws InvalidOptionError at construction, for an option that is wrong.
 */
export class KinesisLogRecordExporter extends DestinationLogRecordExporter {
  constructor(options: KinesisLogRecordExporterOptions) {
    super({ ...options, destination: createKinesisDestination(options) });
    tellUnknownOptions('KinesisLogRecordExporter', options, KINESIS_TABLE);
  }
}
