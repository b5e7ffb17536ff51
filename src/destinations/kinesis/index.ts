export { KinesisLogRecordExporter } from './kinesis-log-record-exporter.ts';
export type {
  KinesisLogRecordExporterOptions,
  KinesisOptions,
  KinesisStreamOptions,
} from './kinesis-log-record-exporter-options.ts';
