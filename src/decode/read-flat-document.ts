import type { HrTime, SpanContext } from '@opentelemetry/api';
import { setOwnProperty } from '../encode/own-property.ts';
import { RECORD_FIELDS } from '../encode/static-fields.ts';
import { type DecodedLogRecord, emptyRecord, type ValueMap } from './decoded-log-record.ts';
import { MsgpackTime } from './msgpack-value.ts';
import { integerOf, mapOf, numberOf, present, textOf } from './read-fields.ts';
import { readNote } from './read-note.ts';
import { readRfc3339 } from './read-time.ts';

const OWN_FIELDS: ReadonlySet<string> = new Set(RECORD_FIELDS);

/** The record of a document of the encodings `json` and `msgpack`. */
export function readFlatDocument(document: ValueMap): DecodedLogRecord {
  const hrTime = timeOf(document['timestamp']) ?? [0, 0];
  const scope = mapOf(document['scope']);
  return {
    ...emptyRecord(),
    hrTime,
    hrTimeObserved: timeOf(document['observed_timestamp']) ?? [hrTime[0], hrTime[1]],
    ...present({
      severityNumber: numberOf(document['severity_number']),
      severityText: textOf(document['severity_text']),
      eventName: textOf(document['event_name']),
      body: document['body'],
      spanContext: contextOf(document),
    }),
    attributes: mapOf(document['attributes']),
    resource: { attributes: mapOf(document['resource']) },
    instrumentationScope: {
      name: textOf(scope['name']) ?? '',
      ...present({
        version: textOf(scope['version']),
        schemaUrl: textOf(scope['schema_url']),
        attributes: scope['attributes'] === undefined ? undefined : mapOf(scope['attributes']),
      }),
    },
    droppedAttributesCount: numberOf(document['dropped_attributes_count']) ?? 0,
    ...readNote(document),
    ...present({ staticFields: staticFieldsOf(document) }),
  };
}

/** Flags are hex text, as in W3C Trace Context. */
export function contextOf(fields: ValueMap): SpanContext | undefined {
  const { trace_id: traceId, span_id: spanId, trace_flags: flags } = fields;
  if (typeof traceId !== 'string' || typeof spanId !== 'string') return undefined;
  const traceFlags = typeof flags === 'string' ? Number.parseInt(flags, 16) : integerOf(flags);
  return { traceId, spanId, traceFlags: Number.isNaN(traceFlags) ? 0 : (traceFlags ?? 0) };
}

function timeOf(value: unknown): HrTime | undefined {
  if (value instanceof MsgpackTime) return value.hrTime;
  return typeof value === 'string' ? readRfc3339(value) : undefined;
}

function staticFieldsOf(document: ValueMap): ValueMap | undefined {
  const fields: ValueMap = {};
  let some = false;
  for (const key of Object.keys(document)) {
    if (OWN_FIELDS.has(key)) continue;
    setOwnProperty(fields, key, document[key]);
    some = true;
  }
  return some ? fields : undefined;
}
