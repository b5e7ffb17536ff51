import type { MeterProvider } from '@opentelemetry/api';
import type { Drop } from '../report/drop-reporter.ts';

/** The options of the batch processor. Each beats its environment variable, which beats the default. */
export interface BatchProcessorOptions {
  /**
   * Records that wait for their export, 1 or more; what is logged beyond is dropped and counted. A record takes
   * about 1.2 KB. Environment: `OTEL_BLRP_MAX_QUEUE_SIZE`.
   *
   * The default outlasts a pause of the event loop of 0.3 s at 50,000 records per second: loading an AWS client
   * takes 50 to 60 ms at once, in which the OpenTelemetry default of 2,048 overflows.
   * @defaultValue 16384
   */
  readonly maxQueueSize?: number;
  /**
   * Records handed to the exporter at a time, 1 to `maxQueueSize`. It does not bound the requests: the exporter
   * packs several batches into one where the service allows it. Environment: `OTEL_BLRP_MAX_EXPORT_BATCH_SIZE`.
   * @defaultValue 512
   */
  readonly maxExportBatchSize?: number;
  /**
   * The longest wait of a record for a batch to fill, in milliseconds, 0 to 2,147,483,647. Environment:
   * `OTEL_BLRP_SCHEDULE_DELAY`.
   * @defaultValue 1000
   */
  readonly scheduledDelayMillis?: number;
  /**
   * How long the processor waits for an export before it starts the next, in milliseconds, 1 to 2,147,483,647.
   * Environment: `OTEL_BLRP_EXPORT_TIMEOUT`.
   * @defaultValue 30000
   */
  readonly exportTimeoutMillis?: number;
  /** Called for records that are lost here: `buffer_full` or `shut_down`. What it throws is told to `diag`, and changes nothing. */
  readonly onDrop?: (drop: Drop) => void;
  /** Receives the `otel.sdk.processor.log.*` metrics. Default: none are recorded. */
  readonly selfObsMeterProvider?: MeterProvider;
}
