import type { DestinationName } from '../../destinations/manifests.ts';
import type { Environment } from '../../setup/environment/environment.ts';
import { loadVariables } from '../../setup/environment/load-variables.ts';

/**
 * A spool belongs to the application: another process would take over the files of one that is down, and a
 * record would count as delivered once it is on disk.
 */
export async function withoutSpool(
  name: DestinationName,
  environment: Environment,
): Promise<Environment> {
  const { variables } = await loadVariables(name);
  const ofSpool = variables.filter(({ option }) => option.startsWith('spool.'));
  return { ...environment, ...Object.fromEntries(ofSpool.map((one) => [one.name, undefined])) };
}
