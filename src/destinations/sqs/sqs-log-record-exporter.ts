import { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import { createSqsDestination } from './sqs-destination.ts';
import type { SqsLogRecordExporterOptions } from './sqs-log-record-exporter-options.ts';

/**
 * Exports log records to Amazon SQS with SendMessageBatch, to standard and FIFO queues.
 * @throws InvalidOptionError at construction, for an option that is wrong.
 */
export class SqsLogRecordExporter extends DestinationLogRecordExporter {
  constructor(options: SqsLogRecordExporterOptions) {
    super({ ...options, destination: createSqsDestination(options) });
  }
}
