import type { CreateLogGroupCommandInput, LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import { entryPath } from '../../entry-path.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { isNamedValues } from '../../is-named-values.ts';
import { shownOption } from '../../shown-option.ts';
import type { CloudWatchLogsOptions } from './cloudwatch-log-record-exporter-options.ts';
import { RETENTION_DAYS } from './cloudwatch-logs-limits.ts';

/** What a log group is created with, beside its name. */
export type LogGroupSettings = Omit<CreateLogGroupCommandInput, 'logGroupName'>;

const MAX_TAGS = 50;
const MAX_KMS_KEY_LENGTH = 256;
const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/**
 * The options of a log group that is created, checked here because the service would refuse each creation
 * and with it the events.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html, read 2026-11-21
 * @throws InvalidOptionError
 */
export function logGroupSettings(options: CloudWatchLogsOptions): LogGroupSettings {
  const { kmsKeyId, logGroupClass } = options;
  if (kmsKeyId !== undefined && !isKeyArn(kmsKeyId)) {
    throw new InvalidOptionError(
      `Expected \`kmsKeyId\` to be the ARN of a key, at most ${MAX_KMS_KEY_LENGTH} characters, got ${shownOption(kmsKeyId)}`,
    );
  }
  if (logGroupClass !== undefined && (typeof logGroupClass !== 'string' || logGroupClass === '')) {
    throw new InvalidOptionError(
      `Expected \`logGroupClass\` to be a class such as 'STANDARD', got ${shownOption(logGroupClass)}`,
    );
  }
  const tags = copyTags(options.tags);
  return {
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    // Passed on as it is: the service gains classes faster than the SDK's list of them.
    ...(logGroupClass === undefined ? {} : { logGroupClass: logGroupClass as LogGroupClass }),
    // The service takes no tags at all, but not an empty map of them.
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
}

/** @throws InvalidOptionError that lists the days there are. */
export function retentionOption(retentionInDays: number | undefined): number | undefined {
  if (retentionInDays === undefined || RETENTION_DAYS.includes(retentionInDays)) {
    return retentionInDays;
  }
  throw new InvalidOptionError(
    `Expected \`retentionInDays\` to be one of ${RETENTION_DAYS.join(', ')}, got ${shownOption(retentionInDays)}`,
  );
}

function isKeyArn(kmsKeyId: unknown): boolean {
  return (
    typeof kmsKeyId === 'string' &&
    kmsKeyId.startsWith('arn:') &&
    kmsKeyId.length <= MAX_KMS_KEY_LENGTH
  );
}

function copyTags(tags: CloudWatchLogsOptions['tags']): Record<string, string> {
  if (tags === undefined) return {};
  if (!isNamedValues(tags)) {
    throw new InvalidOptionError(
      `Expected \`tags\` to be an object of texts, got ${shownOption(tags)}`,
    );
  }
  const entries = Object.entries(tags);
  const [surplus] = entries[MAX_TAGS] ?? [];
  if (surplus !== undefined) {
    throw new InvalidOptionError(
      `Expected \`${entryPath('tags', surplus)}\` to be one of at most ${MAX_TAGS} \`tags\` ` +
        `(a limit of CloudWatch Logs), got ${entries.length}`,
    );
  }
  for (const [key, value] of entries) {
    if (TAG_KEY.test(key) && typeof value === 'string' && TAG_VALUE.test(value)) continue;
    throw new InvalidOptionError(
      `Expected \`${entryPath('tags', key)}\` to have a name of 1 to 128 and a value of at most 256 letters, ` +
        `digits, spaces and \`_.:/=+-@\`, and no name that begins with \`aws:\`, got ${JSON.stringify(key.slice(0, 140))}`,
    );
  }
  return Object.fromEntries(entries);
}
