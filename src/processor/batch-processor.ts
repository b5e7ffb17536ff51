import type {
  LogRecordExporter,
  LogRecordProcessor,
  ReadableLogRecord,
} from '@opentelemetry/sdk-logs';

/** What became of the records of a processor so far. */
export interface BatchProcessorStats {
  /** Records logged to it. */
  readonly emitted: number;
  /** Records handed to the exporter; its own `stats()` tells what became of them. */
  readonly exported: number;
  /** Records in the processor. */
  readonly queued: number;
  /** Records lost because the queue was full. */
  readonly droppedQueueFull: number;
  /** Records logged after the shutdown, left at its end, or taken out by `takeQueued`. */
  readonly droppedShutDown: number;
}

/**
 * The installed `BatchLogRecordProcessor`, with the fate of every record counted:
 * `emitted = exported + queued + droppedQueueFull + droppedShutDown` at any moment.
 */
export interface BatchProcessor extends LogRecordProcessor {
  /** The exporter that it was created with. */
  readonly exporter: LogRecordExporter;
  /**
   * Hands all records over to the exporter and flushes it: what was logged before the call is decided when it
   * resolves, as far as the exporter's own bound allows. Never rejects.
   */
  forceFlush(): Promise<void>;
  /** Hands all records over and shuts the exporter down. Never rejects. */
  shutdown(): Promise<void>;
  stats(): BatchProcessorStats;
  /**
   * Takes out the records that are not handed over yet, once, for another place to write them to. They are
   * not exported any more, and count as dropped, `shut_down`.
   */
  takeQueued(): ReadableLogRecord[];
}
