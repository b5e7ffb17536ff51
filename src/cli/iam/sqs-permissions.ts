import type { OptionValues } from '../../setup/environment/build-options.ts';
import { namePattern } from './name-pattern.ts';
import { allow, type Permissions, type Scope } from './policy.ts';

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

/** The account in a queue's address: `https://sqs.eu-west-1.amazonaws.com/123456789012/logs`. */
export function accountOfQueueUrl(queueUrl: string): string | undefined {
  return /\/(\d{12})\/[^/]+$/u.exec(queueUrl)?.[1];
}

function lastSegment(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}
