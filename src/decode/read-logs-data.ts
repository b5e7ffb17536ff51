import type { SpanContext } from '@opentelemetry/api';
import { isMap } from '../is-map.ts';
import { type DecodedLogRecord, emptyRecord, type ValueMap } from './decoded-log-record.ts';
import { readAnyValue, readKeyValues } from './read-any-value.ts';
import { listOf, mapOf, numberOf, present, textOf } from './read-fields.ts';
import { readUnixNanos } from './read-time.ts';
import { takeNote } from './take-note.ts';

/** The records of a `LogsData` of OTLP/JSON, in their order; each is made when it is asked for. */
export function* readLogsData(document: ValueMap): Generator<DecodedLogRecord, void> {
  for (const resourceLogs of listOf(document['resourceLogs']).filter(isMap)) {
    const resource = {
      attributes: readKeyValues(mapOf(resourceLogs['resource'])['attributes']),
      ...present({ schemaUrl: textOf(resourceLogs['schemaUrl']) }),
    };
    for (const scopeLogs of listOf(resourceLogs['scopeLogs']).filter(isMap)) {
      const instrumentationScope = scopeOf(scopeLogs);
      for (const record of listOf(scopeLogs['logRecords']).filter(isMap)) {
        yield {
          ...readLogRecord(record),
          resource: { ...resource, attributes: { ...resource.attributes } },
          instrumentationScope: { ...instrumentationScope },
        };
      }
    }
  }
}

function readLogRecord(record: ValueMap): DecodedLogRecord {
  const hrTimeObserved = readUnixNanos(record['observedTimeUnixNano']);
  // A record without its own time happened when it was observed (OTel log data model).
  const hrTime = readUnixNanos(record['timeUnixNano']) ?? hrTimeObserved ?? [0, 0];
  const attributes = readKeyValues(record['attributes']);
  return {
    ...emptyRecord(),
    hrTime,
    hrTimeObserved: hrTimeObserved ?? [hrTime[0], hrTime[1]],
    ...present({
      severityNumber: numberOf(record['severityNumber']),
      severityText: textOf(record['severityText']),
      eventName: textOf(record['eventName']),
      body: 'body' in record ? readAnyValue(record['body']) : undefined,
      spanContext: contextOf(record),
    }),
    attributes,
    droppedAttributesCount: numberOf(record['droppedAttributesCount']) ?? 0,
    ...takeNote(attributes),
  };
}

function scopeOf(scopeLogs: ValueMap): DecodedLogRecord['instrumentationScope'] {
  const scope = mapOf(scopeLogs['scope']);
  return {
    name: textOf(scope['name']) ?? '',
    ...present({
      version: textOf(scope['version']),
      schemaUrl: textOf(scopeLogs['schemaUrl']),
      attributes: 'attributes' in scope ? readKeyValues(scope['attributes']) : undefined,
    }),
  };
}

function contextOf({ flags, spanId, traceId }: ValueMap): SpanContext | undefined {
  if (typeof traceId !== 'string' || typeof spanId !== 'string') return undefined;
  return { traceId, spanId, traceFlags: (numberOf(flags) ?? 0) & 0xff };
}
