export type { CurveOptions } from './curve-option.ts';
export type { PerformanceRule } from './performance-option.ts';
export type { ZeroMqSocket } from './send-channel.ts';
export { ZeroMqLogRecordExporter } from './zeromq-log-record-exporter.ts';
export type {
  ZeroMqGivenSocketOptions,
  ZeroMqLogRecordExporterOptions,
  ZeroMqMessageOptions,
  ZeroMqOwnSocketOptions,
} from './zeromq-log-record-exporter-options.ts';
