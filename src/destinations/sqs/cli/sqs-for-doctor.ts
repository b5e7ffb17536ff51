import type { SQSClientConfig } from '@aws-sdk/client-sqs';
import type { AwsDestination } from '../../../cli/doctor/aws/aws-destination.ts';

export const sqsForDoctor: AwsDestination = {
  name: 'sqs',
  createClient: async (config: SQSClientConfig) =>
    new (await import('@aws-sdk/client-sqs')).SQSClient(config),
  endpointVariable: 'AWS_ENDPOINT_URL_SQS',
  addressOptions: ['queueUrl'],
  targetOption: 'queueName',
  // Batches have no action of their own.
  actions: { SendMessageBatch: 'sqs:SendMessage', GetQueueUrl: 'sqs:GetQueueUrl' },
  keyMend:
    'Check that the key is enabled, and allow kms:GenerateDataKey and kms:Decrypt on it; ' +
    '`collectorless iam sqs --kms-key <arn>` prints the policy.',
  targetOf({ QueueName, QueueUrl }) {
    const queue = [QueueName, QueueUrl].find((one) => typeof one === 'string');
    return queue === undefined ? undefined : `the queue \`${queue}\``;
  },
};
