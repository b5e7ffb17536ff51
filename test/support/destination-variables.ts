import { type DestinationName, MANIFESTS } from '../../src/destinations/manifests.ts';
import {
  type DestinationVariables,
  loadVariables,
} from '../../src/setup/environment/load-variables.ts';

/** As users see them listed. */
export const destinationNames: readonly DestinationName[] = Object.keys(MANIFESTS).filter(
  (name): name is DestinationName => Object.hasOwn(MANIFESTS, name),
);

const loaded = await Promise.all(
  destinationNames.map(async (name) => [name, await loadVariables(name)] as const),
);

/** The variables of every destination. */
export const DESTINATION_VARIABLES: Readonly<Record<DestinationName, DestinationVariables>> =
  Object.fromEntries(loaded) as Record<DestinationName, DestinationVariables>;
