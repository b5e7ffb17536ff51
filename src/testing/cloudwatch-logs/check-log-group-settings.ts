import { missedBound } from '../aws/missed-bound.ts';
import type { RuleCheck } from '../aws/rule-check.ts';
import { cloudWatchLogsLimits, logGroupClasses, retentionDays } from './cloudwatch-logs-limits.ts';
import { refuseConstraint, refuseParameter } from './invalid-parameter.ts';

const kmsKeyPattern = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/.+$/;
const tagPattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function checkLogGroupClass(name: string, check: RuleCheck): void {
  if (logGroupClasses.includes(name)) return;
  const constraint = `Member must satisfy enum value set: [${logGroupClasses.join(', ')}]`;
  refuseConstraint(check, 'log-group-class', 'logGroupClass', name, constraint);
}

export function checkKmsKeyId(id: string, check: RuleCheck): void {
  const limit = cloudWatchLogsLimits.maxKmsKeyIdLength;
  if (id.length > limit) {
    const constraint = `Member must have length less than or equal to ${limit}`;
    const sizes = { limit, actual: id.length };
    refuseConstraint(check, 'kms-key-id', 'kmsKeyId', id, constraint, sizes);
  } else if (!kmsKeyPattern.test(id)) {
    refuseParameter(check, 'kms-key-id', `The specified KMS key ARN is invalid: ${id}`, 'kmsKeyId');
  }
}

export function checkRetention(days: number, check: RuleCheck): void {
  if (retentionDays.includes(days)) return;
  const constraint = `Member must satisfy enum value set: [${retentionDays.join(', ')}]`;
  const path = 'retentionInDays';
  refuseConstraint(check, 'retention', path, String(days), constraint, { actual: days });
}

export function checkTags(tags: Readonly<Record<string, string>>, check: RuleCheck): void {
  const { maxTags, maxTagKeyLength, maxTagValueLength } = cloudWatchLogsLimits;
  const entries = Object.entries(tags);
  if (entries.length < 1 || entries.length > maxTags) {
    const constraint = `Map must have length ${missedBound(entries.length, maxTags)}`;
    const sizes = { limit: entries.length < 1 ? 1 : maxTags, actual: entries.length };
    refuseConstraint(check, 'tags-count', 'tags', '{...}', constraint, sizes);
  }
  for (const [key, value] of entries) {
    const [limit, actual] =
      value.length > maxTagValueLength
        ? [maxTagValueLength, value.length]
        : [maxTagKeyLength, key.length];
    if (key.length < 1 || actual > limit) {
      const constraint = `Map keys must have length 1 to ${maxTagKeyLength}, values 0 to ${maxTagValueLength}`;
      refuseConstraint(check, 'tag-length', 'tags', key, constraint, { limit, actual });
    } else if (!tagPattern.test(key) || !tagPattern.test(value)) {
      const constraint = `Map members must satisfy regular expression pattern: ${tagPattern.source}`;
      refuseConstraint(check, 'tag-characters', 'tags', key, constraint);
    } else if (/^aws:/i.test(key)) {
      refuseParameter(check, 'tag-prefix', 'Tag keys starting with aws: are reserved.', 'tags');
    }
  }
}
