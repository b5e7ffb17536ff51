export type { CurveOptions } from './curve-option.ts';
export type { PerformanceRule } from './performance-option.ts';
export type { ZeroMqSocket } from './send-channel.ts';
export { ZeroMqLogReceiver } from './zeromq-log-receiver.ts';
export type {
  LogHandler,
  ReceivedLog,
  ReceiveProblem,
  ReceiverStats,
  SequenceGap,
  ZeroMqLogReceiverOptions,
} from './zeromq-log-receiver-options.ts';
export { ZeroMqLogRecordExporter } from './zeromq-log-record-exporter.ts';
export type {
  ZeroMqGivenSocketOptions,
  ZeroMqLogRecordExporterOptions,
  ZeroMqMessageOptions,
  ZeroMqOwnSocketOptions,
} from './zeromq-log-record-exporter-options.ts';
