export { FirehoseLogRecordExporter } from './firehose-log-record-exporter.ts';
export type {
  FirehoseLogRecordExporterOptions,
  FirehoseOptions,
} from './firehose-log-record-exporter-options.ts';
