import type { SQSClientConfig } from '@aws-sdk/client-sqs';

const ignore = (): void => {};

/**
 * For clients of our own: without a logger the SDK writes to the console when a queue's address is of another
 * host than it would have chosen.
 */
export const QUIET_LOGGER: NonNullable<SQSClientConfig['logger']> = {
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
};
