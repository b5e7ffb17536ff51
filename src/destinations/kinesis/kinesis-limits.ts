import type { NameRule } from '../../route/name-rule.ts';

/**
 * Limits of PutRecords, read on 2026-11-21 at
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html and
 * https://docs.aws.amazon.com/streams/latest/dev/large-records.html
 */
export const KINESIS_LIMITS = {
  /** Records in a call. */
  maxRecords: 500,
  /** Bytes of a record, partition key and data before base64, unless the stream was told to take more. */
  defaultMaxRecordBytes: 1_048_576,
  /** What a stream can be told to take. */
  maxRecordBytes: 10_485_760,
  /**
   * Bytes of all records in a call with their partition keys. Until 2025 the service took 5 MiB, which any
   * server that speaks for it takes; a little is left free.
   */
  defaultMaxRequestBytes: 5_000_000,
  maxRequestBytes: 10_485_760,
  /** Characters of a partition key. */
  maxPartitionKeyLength: 256,
  /** Ten of the units of 25 KB in which puts are billed (https://aws.amazon.com/kinesis/data-streams/pricing/). */
  maxAggregatedBytes: 250_000,
} as const;

const NAME = /[^a-zA-Z0-9_.-]/gu;

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html, StreamName. */
export const STREAM_NAME: NameRule = {
  option: 'streamName',
  forbidden: NAME,
  forbiddenInValue: NAME,
  maxLength: 128,
};

/**
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html, StreamARN. The name in it obeys
 * `STREAM_NAME`.
 */
export const STREAM_ARN: NameRule = {
  option: 'streamArn',
  forbidden: /[^a-zA-Z0-9_.:/-]/gu,
  forbiddenInValue: NAME,
  maxLength: 2048,
};

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecordsRequestEntry.html, PartitionKey. */
export const PARTITION_KEY: NameRule = {
  option: 'partitionKey',
  forbidden: /\p{Cc}/gu,
  forbiddenInValue: /\p{Cc}/gu,
  maxLength: KINESIS_LIMITS.maxPartitionKeyLength,
  // A key is taken from the record: the id or the address of somebody.
  shown: () => '',
};
