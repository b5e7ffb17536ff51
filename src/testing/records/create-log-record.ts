import { randomUUID } from 'node:crypto';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { objectProperty } from '../../object-property.ts';
import { createResource } from './create-resource.ts';

const resource = createResource();
const instrumentationScope = { name: 'local-scope', version: '1.0.0' };

/**
 * A log record of now, with what `overrides` says in place of the defaults.
 *
 * Its attribute `uid` is unique, so that a record can be found among what arrived.
 */
export function createLogRecord(overrides: Partial<ReadableLogRecord> = {}): ReadableLogRecord {
  const now = Date.now();
  const hrTime: ReadableLogRecord['hrTime'] = [Math.floor(now / 1_000), (now % 1_000) * 1_000_000];
  return {
    hrTime,
    hrTimeObserved: hrTime,
    severityText: 'INFO',
    severityNumber: 9,
    body: 'a log record',
    resource,
    instrumentationScope,
    droppedAttributesCount: 0,
    ...overrides,
    attributes: { uid: randomUUID(), ...overrides.attributes },
  };
}

/** The attribute `uid` of a record of these factories, or of its decoded form; else undefined. */
export function uidOf(record: unknown): string | undefined {
  const uid = objectProperty(objectProperty(record, 'attributes'), 'uid');
  return typeof uid === 'string' ? uid : undefined;
}
