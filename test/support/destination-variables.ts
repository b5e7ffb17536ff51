import { DESTINATION_NAMES } from '../../src/cli/destinations.ts';
import type { DestinationName } from '../../src/destinations/manifests.ts';
import {
  type DestinationVariables,
  loadVariables,
} from '../../src/setup/environment/load-variables.ts';

const loaded = await Promise.all(
  DESTINATION_NAMES.map(async (name) => [name, await loadVariables(name)] as const),
);

/** The variables of every destination. */
export const DESTINATION_VARIABLES: Readonly<Record<DestinationName, DestinationVariables>> =
  Object.fromEntries(loaded) as Record<DestinationName, DestinationVariables>;
