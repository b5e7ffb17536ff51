import { type DestinationName, MANIFESTS } from '../../destinations/manifests.ts';
import { DESTINATION_NAMES, LOAD_COMMANDS } from '../destinations.ts';
import type { DestinationDemo } from './destination-demo.ts';

/** A destination of the demo. */
export interface DemoDestination extends DestinationDemo {
  readonly name: DestinationName;
  readonly packageName?: string | undefined;
}

/** All destinations that there are local services for. */
export async function loadDemoDestinations(): Promise<readonly DemoDestination[]> {
  const destinations: DemoDestination[] = [];
  for (const name of DESTINATION_NAMES) {
    const { demo } = await LOAD_COMMANDS[name]();
    if (demo === undefined) continue;
    destinations.push({ name, packageName: MANIFESTS[name].packageName, ...demo });
  }
  return destinations;
}
