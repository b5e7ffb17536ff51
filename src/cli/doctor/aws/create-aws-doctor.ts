import type { Environment } from '../../../setup/environment/environment.ts';
import { variableOf } from '../../settings/variable-of.ts';
import type { DestinationDoctor } from '../destination-doctor.ts';
import { createAwsChecks } from './aws-checks.ts';
import type { AwsDestination } from './aws-destination.ts';

/** Variables of the AWS SDK that decide where requests go and who signs them. */
const OF_AWS =
  /^AWS_(?:REGION|PROFILE|ENDPOINT_URL\w*|ACCESS_KEY_ID|CONFIG_FILE|SHARED_CREDENTIALS_FILE|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_CREDENTIALS_\w+|USE_\w+_ENDPOINT)$/u;

/** What `doctor` does for a destination of AWS. */
export function createAwsDoctor(destination: AwsDestination): DestinationDoctor {
  const { addressOptions = [], endpointVariable, name, ...own } = destination;
  const regionVariable = (environment: Environment): string => {
    const variable = variableOf(name, 'clientConfig.region');
    return environment[variable] ? variable : 'AWS_REGION';
  };
  return {
    ...own,
    name,
    createChecks: (subject) => createAwsChecks(subject, destination),
    addressVariable(environment) {
      const candidates = [
        variableOf(name, 'clientConfig.endpoint'),
        ...addressOptions.map((option) => variableOf(name, option)),
        endpointVariable,
        'AWS_ENDPOINT_URL',
      ];
      // Without any of them the region makes the address.
      return candidates.find((one) => Boolean(environment[one])) ?? regionVariable(environment);
    },
    regionVariable,
    readsVariable: (variable) => OF_AWS.test(variable),
  };
}
