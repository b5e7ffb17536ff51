import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

type Resource = ReadableLogRecord['resource'];

/** A resource with these attributes, by default a service named `local-service`. */
export function createResource(
  attributes: Resource['attributes'] = {
    'service.name': 'local-service',
    'service.instance.id': 'instance-1',
  },
): Resource {
  return {
    attributes,
    asyncAttributesPending: false,
    merge: (other) => createResource({ ...attributes, ...other?.attributes }),
    getRawAttributes: () => Object.entries(attributes),
  };
}
