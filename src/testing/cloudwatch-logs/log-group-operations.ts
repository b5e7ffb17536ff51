import { AwsError } from '../aws/aws-error.ts';
import { type AwsOperation, awsOperation } from '../aws/aws-operation.ts';
import { flag, map, number, optional, structure, text } from '../aws/shape.ts';
import {
  checkKmsKeyId,
  checkLogGroupClass,
  checkRetention,
  checkTags,
} from './check-log-group-settings.ts';
import { checkGroupName, checkStreamName } from './check-log-names.ts';
import type { LocalCloudWatchLogs, LocalLogGroup } from './local-cloudwatch-logs.ts';
import { missingParameter } from './missing-parameter.ts';

export function createLogGroup(store: LocalCloudWatchLogs): AwsOperation {
  return awsOperation({
    input: structure({
      logGroupName: text,
      kmsKeyId: optional(text),
      tags: optional(map(text)),
      logGroupClass: optional(text),
      deletionProtectionEnabled: optional(flag),
    }),
    missing: missingParameter,
    target: ({ logGroupName }) => logGroupName,
    run({ logGroupName, kmsKeyId, tags, logGroupClass }, { check, nowMillis }) {
      checkGroupName(logGroupName, check);
      if (kmsKeyId !== undefined) checkKmsKeyId(kmsKeyId, check);
      if (tags !== undefined) checkTags(tags, check);
      if (logGroupClass !== undefined) checkLogGroupClass(logGroupClass, check);
      if (store.groups.has(logGroupName)) throw alreadyExists('group');
      store.createGroup(logGroupName, {
        creationTime: nowMillis,
        logGroupClass: logGroupClass ?? 'STANDARD',
        tags: { ...tags },
        ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
      });
      return {};
    },
  });
}

export function createLogStream(store: LocalCloudWatchLogs): AwsOperation {
  return awsOperation({
    input: structure({ logGroupName: text, logStreamName: text }),
    missing: missingParameter,
    target: ({ logGroupName, logStreamName }) => `${logGroupName}/${logStreamName}`,
    run({ logGroupName, logStreamName }, { check, nowMillis }) {
      checkGroupName(logGroupName, check);
      checkStreamName(logStreamName, check);
      const group = existingGroup(store, logGroupName);
      if (group.streams.has(logStreamName)) throw alreadyExists('stream');
      store.createStream(logGroupName, logStreamName, nowMillis);
      return {};
    },
  });
}

export function putRetentionPolicy(store: LocalCloudWatchLogs): AwsOperation {
  return awsOperation({
    input: structure({ logGroupName: text, retentionInDays: number }),
    missing: missingParameter,
    target: ({ logGroupName }) => logGroupName,
    run({ logGroupName, retentionInDays }, { check }) {
      checkGroupName(logGroupName, check);
      checkRetention(retentionInDays, check);
      existingGroup(store, logGroupName).retentionInDays = retentionInDays;
      return {};
    },
  });
}

export function tagResource(store: LocalCloudWatchLogs): AwsOperation {
  return awsOperation({
    input: structure({ resourceArn: text, tags: map(text) }),
    missing: missingParameter,
    target: ({ resourceArn }) => groupNameOf(resourceArn),
    run({ resourceArn, tags }, { check }) {
      checkTags(tags, check);
      Object.assign(existingGroup(store, groupNameOf(resourceArn)).tags, tags);
      return {};
    },
  });
}

/** The name in an ARN of a group, or the name that it is. */
export const groupNameOf = (arn: string): string =>
  /^arn:aws[a-z-]*:logs:[^:]+:\d{12}:log-group:([^:]+)(:\*)?$/.exec(arn)?.[1] ?? arn;

export function existingGroup(store: LocalCloudWatchLogs, name: string): LocalLogGroup {
  const group = store.groups.get(name);
  if (group !== undefined) return group;
  throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
}

function alreadyExists(what: 'group' | 'stream'): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`);
}
