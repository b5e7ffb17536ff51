import type { NameRule } from '../../route/name-rule.ts';

/**
 * Limits of PutRecordBatch, read on 2026-11-21 at
 * https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html and
 * https://docs.aws.amazon.com/firehose/latest/dev/limits.html
 */
export const FIREHOSE_LIMITS = {
  /** Records in a call. */
  maxRecords: 500,
  /** Bytes of a record before base64: 1,000 KiB. One larger record fails the whole call. */
  maxRecordBytes: 1_024_000,
  /** Bytes of all records in a call: 4 MiB. */
  maxRequestBytes: 4_194_304,
  /** Whether the service counts anything beside the data is not documented, so a little is left free. */
  defaultMaxRequestBytes: 4_000_000,
  /** Lines that Firehose takes apart again for dynamic partitioning; of more it takes none apart. */
  maxLinesInRecord: 500,
} as const;

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html, DeliveryStreamName. */
export const DELIVERY_STREAM_NAME: NameRule = {
  option: 'deliveryStreamName',
  forbidden: /[^a-zA-Z0-9_.-]/gu,
  forbiddenInValue: /[^a-zA-Z0-9_.-]/gu,
  maxLength: 64,
};
