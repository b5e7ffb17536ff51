import type { NameRule } from '../../route/name-rule.ts';

/**
 * Limits of SendMessageBatch, read on 2026-11-21 at
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html and
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export const SQS_LIMITS: {
  readonly maxMessages: number;
  readonly maxRequestBytes: number;
  readonly minMessageBytes: number;
  readonly maxMessageBytes: number;
  readonly defaultMaxMessageBytes: number;
  readonly maxAggregatedBytes: number;
  readonly maxAttributes: number;
  readonly maxAttributeNameLength: number;
} = {
  maxMessages: 10,
  /** Bodies of all messages, and name, type and value of their attributes; whatever the queue takes. */
  maxRequestBytes: 1_048_576,
  /** The least that a queue's `MaximumMessageSize` can be. */
  minMessageBytes: 1_024,
  maxMessageBytes: 1_048_576,
  /** The service's limit until August 2025, at which many queues are still pinned by their templates. */
  defaultMaxMessageBytes: 262_144,
  /** A call is billed by each 64 KiB begun, so larger messages save nothing more. */
  maxAggregatedBytes: 65_536,
  maxAttributes: 10,
  maxAttributeNameLength: 256,
};

/** The suffix of FIFO queues; it counts toward the 80 characters of a name. */
export const FIFO_SUFFIX = '.fifo';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html, QueueName. */
export const QUEUE_NAME: NameRule = {
  option: 'queueName',
  forbidden: /[^a-zA-Z0-9_-]/gu,
  forbiddenInValue: /[^a-zA-Z0-9_-]/gu,
  maxLength: 80,
};

export const QUEUE_URL: NameRule = {
  option: 'queueUrl',
  forbidden: /[^a-zA-Z0-9_.:/[\]-]/gu,
  // A value stays inside its part of the path and never makes a FIFO queue of another.
  forbiddenInValue: /[^a-zA-Z0-9_-]/gu,
  maxLength: 1024,
  problemOf: (url) => (isQueueUrl(url) ? undefined : 'be an http(s) address with a path'),
};

/** `MessageGroupId`: ASCII letters, digits and punctuation. */
export const MESSAGE_GROUP_ID: NameRule = {
  option: 'messageGroupId',
  forbidden: /[^!-~]/gu,
  forbiddenInValue: /[^!-~]/gu,
  maxLength: 128,
  // A group is taken from the record: the id or the address of somebody.
  shown: () => '',
};

/** What neither a body nor an attribute may hold; the `u` flag keeps emoji whole. */
export const FORBIDDEN_CHARACTERS: RegExp =
  /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

export function isQueueUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { pathname, protocol } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && pathname.length > 1;
}
