import type { DestinationName } from '../../setup/environment/destination-variables.ts';
import type { Environment } from '../../setup/environment/environment.ts';
import { variableOf } from './variable-of.ts';

/** The SDK's variables for one service (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html). */
const OF_SERVICE = {
  'cloudwatch-logs': 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS',
  firehose: 'AWS_ENDPOINT_URL_FIREHOSE',
  sqs: 'AWS_ENDPOINT_URL_SQS',
} as const;

/** The variable that decides where an exporter sends to, or would. */
export function addressVariableFor(name: DestinationName, environment: Environment): string {
  if (name === 'http') return variableOf(name, 'url');
  if (name === 'zeromq') return variableOf(name, 'endpoint');
  const candidates = [
    variableOf(name, 'clientConfig.endpoint'),
    // The SDK sends to the host of the queue's address, whatever its own variables say.
    ...(name === 'sqs' ? [variableOf(name, 'queueUrl')] : []),
    OF_SERVICE[name],
    'AWS_ENDPOINT_URL',
  ];
  // Without any of them the region makes the address.
  return (
    candidates.find((one) => Boolean(environment[one])) ?? regionVariableFor(name, environment)
  );
}

/** The variable that decides for which region an exporter to AWS signs. */
export function regionVariableFor(name: DestinationName, environment: Environment): string {
  const own = variableOf(name, 'clientConfig.region');
  return environment[own] ? own : 'AWS_REGION';
}
