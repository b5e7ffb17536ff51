import type { SpanContext } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { normalTime } from './normal-time.ts';
import { readProperty } from './own-property.ts';

/**
 * The fields of a record that throws when it is read: each is read once, and what throws is left out,
 * except the body, which says so.
 */
export function shieldRecord(record: ReadableLogRecord): ReadableLogRecord {
  const fields: Record<string, unknown> = {};
  for (const key of ['hrTime', 'hrTimeObserved'] as const) {
    fields[key] = attempt(() => normalTime(record[key])) ?? [Number.NaN, 0];
  }
  fields['spanContext'] = attempt(() => contextOf(record.spanContext));
  for (const key of PLAIN_FIELDS) fields[key] = attempt(() => record[key]);
  fields['body'] = readProperty(record, 'body');
  for (const key of ['resource', 'instrumentationScope', 'attributes'] as const) {
    const part: unknown = attempt(() => record[key]);
    fields[key] = typeof part === 'object' && part !== null ? part : {};
  }
  return fields as object as ReadableLogRecord;
}

function contextOf(context: SpanContext | undefined): SpanContext | undefined {
  return typeof context === 'object' && context !== null
    ? { traceId: context.traceId, spanId: context.spanId, traceFlags: context.traceFlags }
    : undefined;
}

const PLAIN_FIELDS = [
  'severityNumber',
  'severityText',
  'eventName',
  'droppedAttributesCount',
] as const;

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
