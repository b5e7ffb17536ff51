import { regionOfHost } from '../../../cli/doctor/diagnosis/aws-region.ts';
import { namePattern } from '../../../cli/iam/name-pattern.ts';
import { allow, type Permissions, type Scope } from '../../../cli/iam/policy.ts';
import type { OptionValues } from '../../../setup/environment/build-options.ts';

/**
 * What the exporter calls on SQS: batches need the action of a single message.
 *
 * @param kmsKeyArn The key of the queue; its producers need both actions
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html, read 2026-11-21).
 */
export function sqsPermissions(
  options: OptionValues,
  scope: Scope,
  kmsKeyArn: string | undefined,
): Permissions {
  const { queueName, queueUrl } = options;
  const actions =
    queueName === undefined ? ['sqs:SendMessage'] : ['sqs:SendMessage', 'sqs:GetQueueUrl'];
  const name = namePattern(String(queueName ?? lastSegment(String(queueUrl))));
  const queue = `arn:${scope.partition}:sqs:${scope.region}:${scope.account}:${name}`;
  return {
    statements: [
      allow(actions, [queue]),
      ...(kmsKeyArn === undefined
        ? []
        : [allow(['kms:GenerateDataKey', 'kms:Decrypt'], [kmsKeyArn])]),
    ],
    notes: [],
  };
}

/** What a queue's address says: `https://sqs.eu-west-1.amazonaws.com/123456789012/logs`. */
export function placeOfQueue({ queueUrl }: OptionValues): Partial<Scope> {
  const url = String(queueUrl ?? '');
  const host = /^https?:\/\/([^/:]+)/u.exec(url)?.[1];
  const region = host === undefined ? undefined : regionOfHost(host);
  const account = /\/(\d{12})\/[^/]+$/u.exec(url)?.[1];
  return {
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
}

function lastSegment(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}
