import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** One place at a destination: a log group with its stream, a delivery stream, a queue, an address. */
export interface Target {
  /** Tells targets apart for a reader of reports; without what a name must keep to itself. */
  readonly key: string;
  /** The rendered names by option: `{ logGroupName, logStreamName }`. */
  readonly names: Readonly<Record<string, string>>;
  /** Of the record that opened the target; records of other resources may share it. */
  readonly resource?: ReadableLogRecord['resource'];
}
