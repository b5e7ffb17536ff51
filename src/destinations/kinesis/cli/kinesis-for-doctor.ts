import type { KinesisClientConfig } from '@aws-sdk/client-kinesis';
import type { AwsDestination } from '../../../cli/doctor/aws/aws-destination.ts';
import type { Rule } from '../../../cli/doctor/diagnosis/diagnosis.ts';
import { createUnrefAgents } from '../../aws/unref-agent.ts';
import { Http1Handler } from '../http1-handler.ts';

/** The stream is there, and its shards have no room for the record. */
const throughputRule: Rule = (_doctor, { code }, { target = 'The stream' }) =>
  code === 'ProvisionedThroughputExceededException'
    ? {
        cause: 'throttled',
        sentence: `${target[0]?.toUpperCase()}${target.slice(1)} takes no more records at the moment (${code}).`,
        mend: 'Try again. The exporter does so by itself; if it stays, add shards or send less.',
      }
    : undefined;

export const kinesisForDoctor: AwsDestination = {
  name: 'kinesis',
  createClient: async (config: KinesisClientConfig) =>
    new (await import('@aws-sdk/client-kinesis')).KinesisClient({
      requestHandler: new Http1Handler(createUnrefAgents()),
      ...config,
    }),
  endpointVariable: 'AWS_ENDPOINT_URL_KINESIS',
  targetOption: 'streamName',
  actions: { PutRecords: 'kinesis:PutRecords' },
  rules: [throughputRule],
  keyMend:
    'Check that the key is enabled, and allow kms:GenerateDataKey on it; ' +
    '`collectorless iam kinesis --kms-key <arn>` prints the policy.',
  targetOf({ StreamARN, StreamName }) {
    const stream = [StreamName, StreamARN].find((one) => typeof one === 'string');
    return stream === undefined ? undefined : `the data stream \`${stream}\``;
  },
};
