import type { MeterProvider } from '@opentelemetry/api';
import type { EncodingName } from '../encode/encodings.ts';
import type { LogRecordEncoder } from '../encode/log-record-encoder.ts';
import type { Drop } from '../report/drop-reporter.ts';
import type { RetryPolicy } from '../send/retry-policy.ts';
import type { SpoolOptions } from '../spool/spool-options.ts';

export type { EncodingName } from '../encode/encodings.ts';

/** The options that every exporter has. */
export interface LogRecordExporterOptions {
  /**
   * The wire format: a name, or your own encoder.
   * @defaultValue 'json'
   */
  readonly encoding?: EncodingName | LogRecordEncoder;
  /**
   * Compression, where the destination can carry bytes. `zstd` needs Node.js 22.15 or newer.
   * @defaultValue 'none'
   */
  readonly compression?: 'none' | 'gzip' | 'zstd';
  /**
   * What happens to a record that is larger than the service takes: its longest texts are cut
   * (`truncate`), it is sent in numbered parts (`split`), or it is dropped and counted as `too_large`.
   * @defaultValue 'truncate'
   */
  readonly oversize?: 'truncate' | 'split' | 'drop';
  /**
   * When the callback of `export` says SUCCESS: as soon as the records are in the exporter's care
   * (`accepted`), or when the service has stored them (`delivered`).
   * @defaultValue 'accepted'
   */
  readonly acknowledge?: 'accepted' | 'delivered';
  /**
   * Deadline of a batch over all its attempts, in milliseconds, 1 to 2,147,483,647.
   * @defaultValue 300000, with `acknowledge: 'delivered'` 25000
   */
  readonly timeoutMillis?: number;
  /**
   * Bound of `forceFlush`, in milliseconds, 1 to 2,147,483,647.
   * @defaultValue 25000
   */
  readonly flushTimeoutMillis?: number;
  /**
   * Bound of `shutdown`, in milliseconds, 1 to 2,147,483,647. What is left then is dropped as `shut_down`.
   * @defaultValue 10000
   */
  readonly shutdownTimeoutMillis?: number;
  /**
   * Requests in flight at a time, 1 or more.
   * @defaultValue 8; up to 32 while requests pile up for a target that answers well
   */
  readonly concurrencyLimit?: number;
  /**
   * Waits between attempts: random between 0 and a ceiling that grows from `initialBackoffMillis` by
   * `backoffMultiplier` to `maxBackoffMillis`.
   * @defaultValue 200 ms, doubled up to 10 s
   */
  readonly retry?: Partial<RetryPolicy>;
  /**
   * Memory for records on their way, in bytes, 1 or more. At the bound the callback of `export` waits; what is
   * exported nevertheless is dropped and counted as `buffer_full`. Up to half of it, at most 32 MiB, stays
   * allocated for the next requests while no records need it, until it was not used for half a minute to a minute.
   * A destination of your own gets copies: those of the requests that it has at hand come on top.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxBufferedBytes?: number;
  /**
   * Targets (log streams, queues, addresses …) served at a time, 1 or more; records for more than these go
   * to one target named `overflow`.
   * @defaultValue 64
   */
  readonly maxTargets?: number;
  /**
   * Keeps records on disk until the service has them, so that they survive a crash and an outage:
   * `acknowledge: 'accepted'` then means on disk. Where the disk fails, they are kept in memory as without it.
   * @defaultValue none: records are kept in memory
   */
  readonly spool?: SpoolOptions;
  /** Fields added to every record. Names of the format's own fields are refused. */
  readonly staticFields?: Readonly<Record<string, unknown>>;
  /**
   * Instrumentation scopes that are never exported, by name; `*` at the end stands for any rest.
   * @defaultValue ['collectorless', 'collectorless/*', '@aws-sdk/*', '@smithy/*']
   */
  readonly excludeScopes?: readonly (string | RegExp)[];
  /**
   * Called for every loss, with the number of records and the reason. What it throws is told to `diag`, and changes
   * nothing.
   */
  readonly onDrop?: (drop: Drop) => void;
  /** Receives the `otel.sdk.exporter.*` metrics. Default: none are recorded. */
  readonly selfObsMeterProvider?: MeterProvider;
}
