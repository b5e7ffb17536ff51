import type { CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import type { AwsDestination } from '../../../cli/doctor/aws/aws-destination.ts';

export const cloudWatchLogsForDoctor: AwsDestination = {
  name: 'cloudwatch-logs',
  createClient: async (config: CloudWatchLogsClientConfig) =>
    new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient(config),
  endpointVariable: 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS',
  targetOption: 'logGroupName',
  actions: {
    PutLogEvents: 'logs:PutLogEvents',
    CreateLogStream: 'logs:CreateLogStream',
    CreateLogGroup: 'logs:CreateLogGroup',
    PutRetentionPolicy: 'logs:PutRetentionPolicy',
    TagResource: 'logs:TagResource',
  },
  actionIn: (message) =>
    /CreateLogGroup with Tags/iu.test(message) ? 'logs:TagResource' : undefined,
  keyMend:
    'Let the policy of the key allow the service `logs.<region>.amazonaws.com` to use it, and check that it is enabled.',
  targetOf({ logGroupName, logStreamName }) {
    if (typeof logGroupName !== 'string') return undefined;
    const stream = typeof logStreamName === 'string' ? `, log stream \`${logStreamName}\`` : '';
    return `the log group \`${logGroupName}\`${stream}`;
  },
};
