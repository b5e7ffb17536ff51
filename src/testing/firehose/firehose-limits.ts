/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html (2026-11) */
export const firehoseLimits: {
  readonly maxRecords: number;
  readonly maxRecordBytes: number;
  readonly maxCallBytes: number;
  readonly maxNameLength: number;
  readonly billingStepBytes: number;
  readonly maxLinesToTakeApart: number;
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
};
