import {
  DESTINATION_VARIABLES,
  type DestinationName,
} from '../../setup/environment/destination-variables.ts';
import type { Environment } from '../../setup/environment/environment.ts';

/**
 * A spool belongs to the application: another process would take over the files of one that is down, and a
 * record would count as delivered once it is on disk.
 */
export function withoutSpool(name: DestinationName, environment: Environment): Environment {
  const ofSpool = DESTINATION_VARIABLES[name].variables.filter(({ option }) =>
    option.startsWith('spool.'),
  );
  return { ...environment, ...Object.fromEntries(ofSpool.map((one) => [one.name, undefined])) };
}
