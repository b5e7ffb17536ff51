import type { HrTime } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isMap } from '../is-map.ts';
import type { EncodingNote, RecordPart } from './log-record-encoder.ts';

/** A record out of its own encoding, with what that said of earlier cuts. */
export interface NotedRecord {
  readonly record: ReadableLogRecord;
  readonly note: EncodingNote;
}

type Document = Readonly<Record<string, unknown>>;

/**
 * The record of a document of the `json` encoding, good for encoding it again: what became text there (bytes,
 * big integers) stays text. Static fields are left out, as the encoder adds them. Undefined when it is none.
 */
export function readJsonRecord(bytes: Uint8Array): NotedRecord | undefined {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
  if (!isMap(document)) return undefined;
  const hrTime = timeOf(document['timestamp']);
  const scope = documentOf(document['scope']);
  const record: object = {
    hrTime,
    hrTimeObserved:
      'observed_timestamp' in document ? timeOf(document['observed_timestamp']) : hrTime,
    severityNumber: document['severity_number'],
    severityText: document['severity_text'],
    eventName: document['event_name'],
    body: document['body'],
    spanContext: contextOf(document),
    attributes: documentOf(document['attributes']),
    resource: { attributes: documentOf(document['resource']) },
    instrumentationScope: {
      name: scope['name'],
      version: scope['version'],
      schemaUrl: scope['schema_url'],
      attributes: scope['attributes'],
    },
    droppedAttributesCount: document['dropped_attributes_count'] ?? 0,
  };
  return { record: record as ReadableLogRecord, note: noteOf(document) };
}

/** `2026-11-21T03:57:00.000000001Z`; a `Date` knows no nanoseconds. */
function timeOf(text: unknown): HrTime {
  if (typeof text !== 'string') return [Number.NaN, 0];
  return [Date.parse(`${text.slice(0, 19)}Z`) / 1000, Number(text.slice(20, 29))];
}

function contextOf(document: Document): object | undefined {
  const { trace_id: traceId, span_id: spanId, trace_flags: flags } = document;
  if (traceId === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(String(flags), 16) };
}

function noteOf(document: Document): EncodingNote {
  const { part, sequence, truncated } = document;
  return {
    ...(isMap(truncated) && {
      truncated: {
        fields: textsOf(truncated['fields']),
        originalBytes: Number(truncated['original_bytes']),
      },
    }),
    ...(isMap(part) && { part: partOf(part) }),
    ...(isMap(sequence) && {
      sequence: { id: String(sequence['id']), number: Number(sequence['number']) },
    }),
  };
}

function partOf(part: Document): RecordPart {
  return {
    id: String(part['id']),
    index: Number(part['index']),
    count: Number(part['count']),
    fields: textsOf(part['fields']),
    ...('json_fields' in part && { jsonFields: textsOf(part['json_fields']) }),
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function documentOf(value: unknown): Document {
  return isMap(value) ? value : {};
}
