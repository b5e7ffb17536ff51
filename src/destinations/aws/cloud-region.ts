import { objectProperty } from '../../object-property.ts';
import type { Target } from '../../route/target.ts';

/** `eu-west-1`, `us-gov-east-1`; not `us-central1` or `westeurope` of other clouds. */
const AWS_REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/u;

/**
 * The region that the resource names (OpenTelemetry semantic conventions, `cloud.region`), where it is one of AWS:
 * it becomes a part of the service's host name.
 */
export function cloudRegionOf(resource: Target['resource']): string | undefined {
  try {
    const attributes = objectProperty(resource, 'attributes');
    const provider = objectProperty(attributes, 'cloud.provider');
    if (provider !== undefined && provider !== 'aws') return undefined;
    const region = objectProperty(attributes, 'cloud.region');
    return typeof region === 'string' && AWS_REGION.test(region) ? region : undefined;
  } catch {
    // A getter of the application: requests go without what it would have told.
    return undefined;
  }
}

/** True for a client that knows its region, from wherever the SDK looks for it. */
export async function knowsRegion(client: unknown): Promise<boolean> {
  const region = objectProperty(objectProperty(client, 'config'), 'region');
  if (typeof region !== 'function') return false;
  try {
    return Boolean(await Reflect.apply(region, undefined, []));
  } catch {
    return false;
  }
}
