import type { KinesisClientConfig } from '@aws-sdk/client-kinesis';
import type { AwsDestination } from '../../../cli/doctor/aws/aws-destination.ts';
import type { Diagnosis, Facts, Rule } from '../../../cli/doctor/diagnosis/diagnosis.ts';
import { regionVariable } from '../../../cli/doctor/diagnosis/words-for.ts';
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

const PARTITION = /^Partition: (\S+) from ARN doesn't match with partition name: (\S+)/u;

/** The SDK sends to the region of the client, whatever region the ARN is of. */
const regionRule: Rule = (_doctor, { code, message }, facts) => {
  if (code === 'EndpointError') {
    const [, ofArn, ofClient] = PARTITION.exec(message) ?? [];
    return ofArn === undefined || ofClient === undefined
      ? {
          cause: 'invalid_configuration',
          sentence: `The AWS SDK finds no address for this set-up: ${message}`,
          mend: `Correct the ARN of the stream or ${regionVariable(facts)}.`,
        }
      : wrongRegion(`partition ${ofArn}`, `partition ${ofClient}`, facts);
  }
  const ofArn = /`arn:[^:]*:kinesis:([^:]*):/u.exec(facts.target ?? '')?.[1];
  const isOther = ofArn !== undefined && facts.region !== undefined && ofArn !== facts.region;
  return isOther && REFUSED_ARN.test(code)
    ? wrongRegion(`region ${ofArn}`, `region ${facts.region}`, facts)
    : undefined;
};

const REFUSED_ARN =
  /^(?:ResourceNotFoundException|InvalidArgumentException|ValidationException|AccessDeniedException)$/u;

function wrongRegion(ofArn: string, ofClient: string, facts: Facts): Diagnosis {
  return {
    cause: 'wrong_region',
    sentence: `The ARN of the stream is of the ${ofArn}, and requests go to the ${ofClient}.`,
    mend: `Set ${regionVariable(facts)} to the region of the ARN, or correct the ARN.`,
  };
}

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
  rules: [throughputRule, regionRule],
  keyMend:
    'Check that the key is enabled, and allow kms:GenerateDataKey on it; ' +
    '`collectorless iam kinesis --kms-key <arn>` prints the policy.',
  targetOf({ StreamARN, StreamName }) {
    const stream = [StreamName, StreamARN].find((one) => typeof one === 'string');
    return stream === undefined ? undefined : `the data stream \`${stream}\``;
  },
};
