import { hostname } from 'node:os';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { Environment } from '../../setup/environment/environment.ts';

/** The record that `doctor` sends; an application's own record would have the same target. */
export function createTestRecord(environment: Environment, nowMillis: number): ReadableLogRecord {
  const hrTime: ReadableLogRecord['hrTime'] = [
    Math.floor(nowMillis / 1000),
    Math.floor(nowMillis % 1000) * 1_000_000,
  ];
  return {
    hrTime,
    hrTimeObserved: hrTime,
    severityText: 'INFO',
    severityNumber: 9,
    body: 'collectorless doctor: a test record',
    attributes: { 'collectorless.doctor': true },
    resource: resourceOf(environment),
    instrumentationScope: { name: 'collectorless-doctor' },
    droppedAttributesCount: 0,
  };
}

function resourceOf(environment: Environment): ReadableLogRecord['resource'] {
  const serviceName = environment['OTEL_SERVICE_NAME'];
  return createResource({
    'service.name': 'unknown_service:node',
    'host.name': hostname(),
    'process.pid': process.pid,
    ...listedAttributes(environment['OTEL_RESOURCE_ATTRIBUTES'] ?? ''),
    ...(serviceName ? { 'service.name': serviceName } : {}),
  });
}

function createResource(
  attributes: ReadableLogRecord['resource']['attributes'],
): ReadableLogRecord['resource'] {
  return {
    attributes,
    asyncAttributesPending: false,
    merge: (other) => createResource({ ...attributes, ...other?.attributes }),
    getRawAttributes: () => Object.entries(attributes),
  };
}

/** `key=value` with commas between, values percent-encoded (OpenTelemetry, resource SDK). */
function listedAttributes(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((part): [string, string][] => {
    const separator = part.indexOf('=');
    if (separator < 1) return [];
    return [[part.slice(0, separator).trim(), decoded(part.slice(separator + 1).trim())]];
  });
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
