import { DESTINATION_NAMES, LOAD_COMMANDS } from '../../../src/cli/destinations.ts';
import type { DestinationDoctor } from '../../../src/cli/doctor/destination-doctor.ts';
import type { DestinationName } from '../../../src/destinations/manifests.ts';

const loaded = await Promise.all(
  DESTINATION_NAMES.map(async (name) => [name, (await LOAD_COMMANDS[name]()).doctor] as const),
);

/** What `doctor` knows of each destination. */
export const doctors: Readonly<Record<DestinationName, DestinationDoctor>> = Object.fromEntries(
  loaded,
) as Record<DestinationName, DestinationDoctor>;
