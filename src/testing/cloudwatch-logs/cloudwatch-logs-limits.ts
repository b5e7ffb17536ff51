/**
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html and
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html (2026-11)
 */
export const cloudWatchLogsLimits: {
  readonly maxEvents: number;
  readonly maxCallBytes: number;
  readonly eventOverheadBytes: number;
  readonly maxMessageBytes: number;
  readonly maxSpanMillis: number;
  readonly maxAheadMillis: number;
  readonly maxAgeMillis: number;
  readonly maxNameLength: number;
  readonly maxTags: number;
  readonly maxTagKeyLength: number;
  readonly maxTagValueLength: number;
  readonly maxKmsKeyIdLength: number;
  readonly maxFilterStreams: number;
} = {
  maxEvents: 10_000,
  /** UTF-8 bytes of all messages and `eventOverheadBytes` for each. */
  maxCallBytes: 1_048_576,
  eventOverheadBytes: 26,
  maxMessageBytes: 1_048_550,
  maxSpanMillis: 86_400_000,
  maxAheadMillis: 2 * 3_600_000,
  maxAgeMillis: 14 * 86_400_000,
  maxNameLength: 512,
  maxTags: 50,
  maxTagKeyLength: 128,
  maxTagValueLength: 256,
  maxKmsKeyIdLength: 256,
  /** Names of streams in a search. */
  maxFilterStreams: 100,
};

export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

export const logGroupClasses: readonly string[] = [
  'STANDARD',
  'INFREQUENT_ACCESS',
  'ESSENTIALS',
  'DELIVERY',
];
