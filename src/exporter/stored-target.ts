import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isMap } from '../is-map.ts';
import type { Target } from '../route/target.ts';
import type { SpoolTarget } from '../spool/spool-target.ts';
import type { TargetLanes } from './target-lanes.ts';

type Resource = ReadableLogRecord['resource'];

/** What is written down of a target, so that another process can send to it. */
export function toSpoolTarget({ key, names, resource }: Target): SpoolTarget {
  const resourceAttributes = plainAttributes(resource);
  return { key, names, ...(resourceAttributes === undefined ? {} : { resourceAttributes }) };
}

/** Of a stored target always the same resource: names may tell resources apart. */
const RESOURCES = new WeakMap<SpoolTarget, Resource>();

export function fromSpoolTarget(stored: SpoolTarget): Pick<Target, 'names' | 'resource'> {
  const { names, resourceAttributes } = stored;
  if (resourceAttributes === undefined) return { names };
  const resource = RESOURCES.get(stored) ?? storedResource(resourceAttributes);
  RESOURCES.set(stored, resource);
  return { names, resource };
}

/** The keys that stored targets have now: since they were stored, options may have given them other names. */
export function keysOfStored(lanes: Pick<TargetLanes, 'keyOf'>): (stored: SpoolTarget) => string {
  const keys = new WeakMap<SpoolTarget, string>();
  return (stored) => {
    let key = keys.get(stored);
    if (key === undefined) {
      key = lanes.keyOf(fromSpoolTarget(stored));
      keys.set(stored, key);
    }
    return key;
  };
}

/** The application's attributes may be anything; what JSON cannot hold is left out with all of them. */
function plainAttributes(
  resource: Resource | undefined,
): Readonly<Record<string, unknown>> | undefined {
  if (resource === undefined) return undefined;
  try {
    const plain: unknown = JSON.parse(JSON.stringify(resource.attributes));
    return isMap(plain) ? plain : undefined;
  } catch {
    return undefined;
  }
}

function storedResource(stored: Readonly<Record<string, unknown>>): Resource {
  const attributes = Object.fromEntries(Object.entries(stored).filter(isAttribute));
  const resource: Resource = {
    attributes,
    merge: () => resource,
    getRawAttributes: () => Object.entries(attributes),
  };
  return resource;
}

function isAttribute(
  entry: [string, unknown],
): entry is [string, string | number | boolean | string[]] {
  const [, value] = entry;
  return ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value);
}
