import { AwsError } from '../aws/aws-error.ts';
import { type AwsOperation, awsOperation } from '../aws/aws-operation.ts';
import type { RuleCheck } from '../aws/rule-check.ts';
import { flag, list, number, optional, structure, text } from '../aws/shape.ts';
import type { LocalCloudWatchLogs } from './local-cloudwatch-logs.ts';
import { missingParameter } from './missing-parameter.ts';

const arnOf = (group: string): string => `arn:aws:logs:us-east-1:000000000000:log-group:${group}`;

/** Answers, and notes that a sender which asks this at start-up runs into 10 calls a second. */
export function describeLogGroups(store: LocalCloudWatchLogs): AwsOperation {
  return awsOperation({
    input: structure({
      accountIdentifiers: optional(list(text)),
      logGroupNamePrefix: optional(text),
      logGroupNamePattern: optional(text),
      nextToken: optional(text),
      limit: optional(number),
      includeLinkedAccounts: optional(flag),
      logGroupClass: optional(text),
      logGroupIdentifiers: optional(list(text)),
    }),
    missing: missingParameter,
    target: ({ logGroupNamePrefix = '' }) => logGroupNamePrefix,
    run({ logGroupNamePrefix = '' }, { check }) {
      advise(check, 10);
      const found = [...store.groups.values()].filter(({ name }) =>
        name.startsWith(logGroupNamePrefix),
      );
      return {
        logGroups: found.map(({ name, creationTime, retentionInDays, logGroupClass }) => ({
          logGroupName: name,
          creationTime,
          retentionInDays,
          logGroupClass,
          arn: `${arnOf(name)}:*`,
          logGroupArn: arnOf(name),
        })),
      };
    },
  });
}

/** Answers, and notes that a sender which asks this for a sequence token runs into 25 calls a second. */
export function describeLogStreams(store: LocalCloudWatchLogs): AwsOperation {
  return awsOperation({
    input: structure({
      logGroupName: optional(text),
      logGroupIdentifier: optional(text),
      logStreamNamePrefix: optional(text),
      orderBy: optional(text),
      descending: optional(flag),
      nextToken: optional(text),
      limit: optional(number),
    }),
    missing: missingParameter,
    target: ({ logGroupName = '' }) => logGroupName,
    run({ logGroupName = '', logStreamNamePrefix = '' }, { check }) {
      advise(check, 25);
      const group = store.groups.get(logGroupName);
      if (group === undefined) {
        throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
      }
      const found = [...group.streams.values()].filter(({ name }) =>
        name.startsWith(logStreamNamePrefix),
      );
      return {
        logStreams: found.map(({ name, creationTime, events }) => ({
          logStreamName: name,
          creationTime,
          firstEventTimestamp: events[0]?.timestamp,
          lastEventTimestamp: events.at(-1)?.timestamp,
          arn: `${arnOf(logGroupName)}:log-stream:${name}`,
        })),
      };
    },
  });
}

function advise(check: RuleCheck, limit: number): void {
  check.advise({
    rule: 'describe-call',
    error: 'ThrottlingException',
    message: `Rate exceeded: the account has ${limit} such calls a second; put first, create when told to.`,
    limit,
  });
}
