import type { FirehoseClientConfig } from '@aws-sdk/client-firehose';
import type { AwsDestination } from '../../../cli/doctor/aws/aws-destination.ts';
import type { Rule } from '../../../cli/doctor/diagnosis/diagnosis.ts';

/** Another server that only calls itself so is for other rules. */
const sourceRule: Rule = (_doctor, { code }, { isOfService }) =>
  code !== 'InvalidSourceException' || isOfService === false
    ? undefined
    : {
        cause: 'rejected_record',
        sentence: 'The delivery stream decompresses logs of CloudWatch and takes nothing else.',
        mend: 'Switch its decompression off, or use another delivery stream.',
      };

export const firehoseForDoctor: AwsDestination = {
  name: 'firehose',
  createClient: async (config: FirehoseClientConfig) =>
    new (await import('@aws-sdk/client-firehose')).FirehoseClient(config),
  endpointVariable: 'AWS_ENDPOINT_URL_FIREHOSE',
  targetOption: 'deliveryStreamName',
  actions: { PutRecordBatch: 'firehose:PutRecordBatch' },
  rules: [sourceRule],
  keyMend: 'Check that the key is enabled and that the grant of the delivery stream still exists.',
  targetOf: ({ DeliveryStreamName }) =>
    typeof DeliveryStreamName === 'string'
      ? `the delivery stream \`${DeliveryStreamName}\``
      : undefined,
};
