export { bodyEncoder } from './encode/body-encoder.ts';
export { distlogJsonEncoder } from './encode/distlog-json-encoder.ts';
export { createEncoder } from './encode/encoders.ts';
export { jsonEncoder } from './encode/json-encoder.ts';
export type { LogRecordEncoder } from './encode/log-record-encoder.ts';
export { msgpackEncoder } from './encode/msgpack-encoder.ts';
export { otlpJsonEncoder } from './encode/otlp-json-encoder.ts';
export type { AbandonedRecords } from './exporter/abandoned-records.ts';
export type { Destination, DestinationRequest, SendContext } from './exporter/destination.ts';
export {
  DestinationLogRecordExporter,
  type DestinationLogRecordExporterOptions,
} from './exporter/destination-log-record-exporter.ts';
export type { EncodingName, LogRecordExporterOptions } from './exporter/exporter-options.ts';
export { InvalidOptionError } from './invalid-option-error.ts';
export type { PackLimits } from './pack/pack-limits.ts';
export type { PackedEntry } from './pack/packed-entry.ts';
export type { BatchProcessor, BatchProcessorStats } from './processor/batch-processor.ts';
export type { BatchProcessorOptions } from './processor/batch-processor-options.ts';
export { createBatchProcessor } from './processor/create-batch-processor.ts';
export { type FlushAllOptions, flushAll } from './processor/flush-all.ts';
export { type LiveStats, liveStats } from './processor/live-stats.ts';
export type { Drop } from './report/drop-reporter.ts';
export type { ExporterStats } from './report/ledger.ts';
export { LogExportError } from './report/log-export-error.ts';
export type { Target } from './route/target.ts';
export type { NameOption } from './route/target-name.ts';
export type { RetryPolicy } from './send/retry-policy.ts';
export type { DropReason, EntryOutcome, SendOutcome } from './send/send-outcome.ts';
