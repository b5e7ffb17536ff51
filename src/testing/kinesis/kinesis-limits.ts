/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html (2026-11) */
export const kinesisLimits: {
  readonly maxRecords: number;
  readonly defaultMaxRecordBytes: number;
  readonly defaultMaxCallBytes: number;
  readonly maxCallBytes: number;
  readonly maxNameLength: number;
  readonly maxKeyLength: number;
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
} = {
  maxRecords: 500,
  /** Partition key and data before base64, unless the stream was told to take more. */
  defaultMaxRecordBytes: 1_048_576,
  /** Of all records with their keys, as it was for all streams until records could be larger. */
  defaultMaxCallBytes: 5_242_880,
  /** For streams that take larger records. */
  maxCallBytes: 10_485_760,
  maxNameLength: 128,
  maxKeyLength: 256,
  /** Of one shard. */
  recordsPerSecond: 1_000,
  bytesPerSecond: 1_048_576,
};
