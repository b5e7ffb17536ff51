import { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import type { CloudWatchLogRecordExporterOptions } from './cloudwatch-log-record-exporter-options.ts';
import { createCloudWatchLogsDestination } from './cloudwatch-logs-destination.ts';

/**
 * Exports log records to CloudWatch Logs with PutLogEvents, one event a record.
 * @throws InvalidOptionError at construction, for an option that is wrong.
 */
export class CloudWatchLogRecordExporter extends DestinationLogRecordExporter {
  constructor(options: CloudWatchLogRecordExporterOptions = {}) {
    super({ ...options, destination: createCloudWatchLogsDestination(options) });
  }
}
