export { CloudWatchLogRecordExporter } from './cloudwatch-log-record-exporter.ts';
export type {
  CloudWatchLogRecordExporterOptions,
  CloudWatchLogsOptions,
} from './cloudwatch-log-record-exporter-options.ts';
