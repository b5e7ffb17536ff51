import { namePattern } from '../../../cli/iam/name-pattern.ts';
import { allow, type Permissions, type Scope } from '../../../cli/iam/policy.ts';
import type { OptionValues } from '../../../setup/environment/build-options.ts';

/**
 * What the exporter calls on CloudWatch Logs; it never calls Describe.
 *
 * Events go to a stream, all else to the group. The group's ARN ends in `:*`, but for tags
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html, read 2026-11-21).
 */
export function cloudWatchLogsPermissions(options: OptionValues, scope: Scope): Permissions {
  const {
    createLogGroup = true,
    createLogStream = true,
    kmsKeyId,
    retentionInDays,
    tags,
  } = options;
  const group = groupArn(options, scope);
  const stream = namePattern(String(options['logStreamName'] ?? '*'));
  // The exporter sets retention and tags of groups that it creates, and of no others.
  const createsGroups = createLogGroup === true;
  const onGroup = [
    ...(createLogStream === true ? ['logs:CreateLogStream'] : []),
    ...(createsGroups ? ['logs:CreateLogGroup'] : []),
    ...(createsGroups && retentionInDays !== undefined ? ['logs:PutRetentionPolicy'] : []),
  ];
  const statements = [
    allow(['logs:PutLogEvents'], [`${group}:log-stream:${stream}`]),
    ...(onGroup.length === 0 ? [] : [allow(onGroup, [`${group}:*`])]),
    ...(createsGroups && tags !== undefined
      ? [allow(['logs:TagResource'], [group, `${group}:*`])]
      : []),
  ];
  return { statements, notes: notesOf(options, createsGroups ? kmsKeyId : undefined) };
}

function groupArn({ logGroupName }: OptionValues, { account, partition, region }: Scope): string {
  const name = namePattern(String(logGroupName ?? '/otel/{service.name}'));
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}

function notesOf({ logGroupName }: OptionValues, kmsKeyId: unknown): readonly string[] {
  return [
    ...(logGroupName === undefined
      ? [
          'cloudwatch-logs: without `logGroupName` a resource attribute `aws.log.group.names` names the group; ' +
            'the policy is for /otel/* only.',
        ]
      : []),
    ...(typeof kmsKeyId === 'string'
      ? [
          `cloudwatch-logs: the policy of the key ${kmsKeyId} itself has to let the service \`logs.<region>.amazonaws.com\` ` +
            'encrypt; these credentials need nothing for it.',
        ]
      : []),
  ];
}
