/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html (2026-11) */
export const sqsLimits: {
  readonly maxEntries: number;
  readonly maxBatchBytes: number;
  readonly maxMessageBytes: number;
  readonly minQueueMessageBytes: number;
  readonly maxEntryIdLength: number;
  readonly maxAttributes: number;
  readonly maxAttributeNameLength: number;
  readonly maxDelaySeconds: number;
  readonly maxFifoIdLength: number;
  readonly deduplicationWindowMillis: number;
  readonly defaultVisibilityTimeoutSeconds: number;
} = {
  maxEntries: 10,
  /** Bodies and attributes of all entries. The service's own, whatever the queue says. */
  maxBatchBytes: 1_048_576,
  maxMessageBytes: 1_048_576,
  minQueueMessageBytes: 1_024,
  maxEntryIdLength: 80,
  maxAttributes: 10,
  maxAttributeNameLength: 256,
  maxDelaySeconds: 900,
  maxFifoIdLength: 128,
  deduplicationWindowMillis: 5 * 60_000,
  defaultVisibilityTimeoutSeconds: 30,
};
