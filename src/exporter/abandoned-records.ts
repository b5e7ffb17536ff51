import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** Records that an exporter gave up, as far as they were on their way: for another place to write them to. */
export interface AbandonedRecords {
  /** The name of the encoding of `entries`. */
  readonly encoding: string;
  /** Encoded already, oldest first; one holds several records where records are aggregated. */
  readonly entries: readonly Uint8Array[];
  /** Not encoded yet; they were exported after those in `entries`. */
  readonly records: readonly ReadableLogRecord[];
  /** What the option `staticFields` would have added to each of `records`. */
  readonly staticFields?: Readonly<Record<string, unknown>>;
}
