/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html (2026-11) */
export const firehoseLimits: {
  readonly maxRecords: number;
  readonly maxRecordBytes: number;
  readonly maxCallBytes: number;
  readonly maxNameLength: number;
  readonly billingStepBytes: number;
  readonly maxLinesToTakeApart: number;
  readonly callsPerSecond: number;
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
} = {
  maxRecords: 500,
  /** Before base64. */
  maxRecordBytes: 1_024_000,
  /** Of all records together, before base64. */
  maxCallBytes: 4_194_304,
  maxNameLength: 64,
  /** Each record is billed as a multiple of this. */
  billingStepBytes: 5_120,
  /** A record of more lines is not de-aggregated. */
  maxLinesToTakeApart: 500,
  /** Direct PUT quotas of one stream in us-east-1, us-west-2 and eu-west-1, before it scales by itself. */
  callsPerSecond: 2_000,
  recordsPerSecond: 500_000,
  bytesPerSecond: 5_242_880,
};
