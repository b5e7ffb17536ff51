import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ownKeys, readProperty, setOwnProperty } from './own-property.ts';
import { PlainValueSink } from './plain-value-sink.ts';
import { shieldRecord } from './shield-record.ts';
import { uniqueKeys } from './unique-keys.ts';
import { throwsMarker } from './value-markers.ts';
import { hasValue, ValueWalker } from './value-walker.ts';

export type PlainMap = Record<string, unknown>;

/** A copy of a record that is read once and may be changed: plain values all the way down. */
export interface PlainRecord {
  readonly hrTime: HrTime;
  readonly hrTimeObserved: HrTime;
  readonly spanContext: SpanContext | undefined;
  readonly severityNumber: number | undefined;
  readonly droppedAttributesCount: number;
  readonly resourceSchemaUrl: unknown;
  /** `severityText`, `eventName` and `body`. */
  readonly fields: PlainMap;
  attributes: PlainMap;
  resource: PlainMap;
  /** `name`, `version` and `schemaUrl`. */
  scope: PlainMap;
  scopeAttributes: PlainMap;
}

const MAX_DEPTH = 900;

/** Reads every getter of the record once. Never throws. */
export function plainRecord(record: ReadableLogRecord): PlainRecord {
  const shielded = shieldRecord(record);
  const copy = createCopier();
  const { resource, instrumentationScope: scope } = shielded;
  const fields: PlainMap = {};
  for (const key of ['severityText', 'eventName', 'body'] as const) {
    const value: unknown = shielded[key];
    if (hasValue(value)) fields[key] = copy(value);
  }
  return {
    hrTime: shielded.hrTime,
    hrTimeObserved: shielded.hrTimeObserved,
    spanContext: shielded.spanContext,
    severityNumber: shielded.severityNumber,
    droppedAttributesCount: shielded.droppedAttributesCount,
    resourceSchemaUrl: readProperty(resource, 'schemaUrl'),
    fields,
    attributes: copyMap(shielded.attributes, copy),
    resource: copyMap(readProperty(resource, 'attributes'), copy),
    scope: copyMap(
      {
        name: readProperty(scope, 'name'),
        version: readProperty(scope, 'version'),
        schemaUrl: readProperty(scope, 'schemaUrl'),
      },
      copy,
    ),
    scopeAttributes: copyMap(readProperty(scope, 'attributes'), copy),
  };
}

/**
 * The copy as a record for an encoder. Resource and scope are new objects each time, because an encoder may
 * keep the bytes of one that it knows.
 */
export function toRecord(plain: PlainRecord, moreAttributes?: PlainMap): ReadableLogRecord {
  const resource = {
    attributes: plain.resource,
    schemaUrl: plain.resourceSchemaUrl,
    asyncAttributesPending: false,
    merge: (): unknown => resource,
    getRawAttributes: (): [string, unknown][] => Object.entries(plain.resource),
  };
  const record: object = {
    hrTime: plain.hrTime,
    hrTimeObserved: plain.hrTimeObserved,
    spanContext: plain.spanContext,
    severityNumber: plain.severityNumber,
    ...plain.fields,
    resource,
    instrumentationScope: { ...plain.scope, attributes: plain.scopeAttributes },
    attributes:
      moreAttributes === undefined ? plain.attributes : { ...plain.attributes, ...moreAttributes },
    droppedAttributesCount: plain.droppedAttributesCount,
  };
  return record as ReadableLogRecord;
}

type Copy = (value: unknown) => unknown;

function createCopier(): Copy {
  const sink = new PlainValueSink();
  const walker = new ValueWalker(sink, MAX_DEPTH);
  return (value) => {
    walker.spare();
    try {
      walker.walk(value);
      return sink.take();
    } catch (error) {
      sink.take();
      return throwsMarker(error);
    }
  };
}

function copyMap(source: unknown, copy: Copy): PlainMap {
  const target: PlainMap = {};
  if (typeof source !== 'object' || source === null) return target;
  const keys = ownKeys(source);
  if (typeof keys === 'string') return target;
  const names = uniqueKeys(keys);
  for (const [index, key] of keys.entries()) {
    const value = readProperty(source, key);
    if (hasValue(value)) setOwnProperty(target, names[index] ?? key, copy(value));
  }
  return target;
}
