import type { NameRule } from '../../route/name-rule.ts';

/**
 * Limits of PutLogEvents, read on 2026-11-21 at
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html and
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export const CLOUDWATCH_LOGS_LIMITS: {
  readonly maxEvents: number;
  readonly maxRequestBytes: number;
  readonly eventOverheadBytes: number;
  readonly maxEventBytes: number;
  readonly defaultMaxEventBytes: number;
  readonly maxSpanMillis: number;
} = {
  maxEvents: 10_000,
  /** UTF-8 bytes of all messages and 26 bytes for each event. */
  maxRequestBytes: 1_048_576,
  eventOverheadBytes: 26,
  /** The largest message that can be right: 1 MiB without the event's overhead. */
  maxEventBytes: 1_048_550,
  /** The exact border is not documented, so a little is left free. */
  defaultMaxEventBytes: 1_048_500,
  /** First and last event of a call lie less than 24 hours apart. */
  maxSpanMillis: 24 * 60 * 60 * 1000,
};

/**
 * Retention periods in days, read on 2026-11-21 at
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const LOG_GROUP_NAME: NameRule = {
  option: 'logGroupName',
  forbidden: /[^.\-_/#A-Za-z0-9]/gu,
  // A value with a slash would leave its place in a path of fixed text.
  forbiddenInValue: /[^.\-_#A-Za-z0-9]/gu,
  maxLength: 512,
  problemOf: (name) => (name.startsWith('aws/') ? 'not start with `aws/`' : undefined),
};

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
export const LOG_STREAM_NAME: NameRule = {
  option: 'logStreamName',
  forbidden: /[:*\p{Cc}]/gu,
  forbiddenInValue: /[:*/\p{Cc}]/gu,
  maxLength: 512,
};
