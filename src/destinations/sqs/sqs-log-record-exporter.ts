import { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import { tellUnknownOptions } from '../tell-unknown-options.ts';
import { createSqsDestination } from './sqs-destination.ts';
import type { SqsLogRecordExporterOptions } from './sqs-log-record-exporter-options.ts';
import { SQS_TABLE } from './sqs-table.ts';

/**
 * Exports log records to Amazon SQS with SendMessageBatch, to standard and FIFO queues.
 * @throws InvalidOptionError at construction, for an option that is wrong.
 */
export class SqsLogRecordExporter extends DestinationLogRecordExporter {
  constructor(options: SqsLogRecordExporterOptions) {
    super({ ...options, destination: createSqsDestination(options) });
    tellUnknownOptions('SqsLogRecordExporter', options, SQS_TABLE);
  }
}
