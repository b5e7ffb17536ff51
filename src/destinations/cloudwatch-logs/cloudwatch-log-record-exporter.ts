import { DestinationLogRecordExporter } from '../../exporter/destination-log-record-exporter.ts';
import { tellUnknownOptions } from '../tell-unknown-options.ts';
import type { CloudWatchLogRecordExporterOptions } from './cloudwatch-log-record-exporter-options.ts';
import { createCloudWatchLogsDestination } from './cloudwatch-logs-destination.ts';
import { CLOUDWATCH_LOGS_TABLE } from './cloudwatch-logs-table.ts';

/**
 * Exports log records to CloudWatch Logs with PutLogEvents, one event a record.
 * @throws InvalidOptionError at construction, for an option that is wrong.
 */
export class CloudWatchLogRecordExporter extends DestinationLogRecordExporter {
  constructor(options: CloudWatchLogRecordExporterOptions = {}) {
    super({ ...options, destination: createCloudWatchLogsDestination(options) });
    tellUnknownOptions('CloudWatchLogRecordExporter', options, CLOUDWATCH_LOGS_TABLE);
  }
}
