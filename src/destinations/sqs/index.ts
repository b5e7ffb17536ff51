export { SqsLogRecordExporter } from './sqs-log-record-exporter.ts';
export type {
  SqsLogRecordExporterOptions,
  SqsOptions,
  SqsQueueOptions,
} from './sqs-log-record-exporter-options.ts';
