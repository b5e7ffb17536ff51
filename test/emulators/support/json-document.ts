import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

type HrTime = ReadableLogRecord['hrTime'];

/** What a reader who knows nothing of this package must find in the encoding `json`. */
export function jsonDocument(record: ReadableLogRecord): Record<string, unknown> {
  return document(record, rfc3339);
}

/** The same for `msgpack`, as `python/plain.py` writes the words that JSON has not. */
export function msgpackDocument(record: ReadableLogRecord): Record<string, unknown> {
  return document(record, ([seconds, nanos]) => ({ seconds, nanos }));
}

function document(
  record: ReadableLogRecord,
  time: (hrTime: HrTime) => unknown,
): Record<string, unknown> {
  const { hrTime, hrTimeObserved, spanContext, droppedAttributesCount, eventName } = record;
  const isObservedThen = hrTime.join() === hrTimeObserved.join();
  return {
    timestamp: time(hrTime),
    ...(isObservedThen ? {} : { observed_timestamp: time(hrTimeObserved) }),
    severity_number: record.severityNumber,
    severity_text: record.severityText,
    ...(eventName === undefined ? {} : { event_name: eventName }),
    body: plain(record.body),
    ...(spanContext === undefined
      ? {}
      : {
          trace_id: spanContext.traceId,
          span_id: spanContext.spanId,
          trace_flags: `0${spanContext.traceFlags}`,
        }),
    attributes: plain(record.attributes),
    resource: record.resource.attributes,
    scope: { name: record.instrumentationScope.name, version: record.instrumentationScope.version },
    ...(droppedAttributesCount === 0 ? {} : { dropped_attributes_count: droppedAttributesCount }),
  };
}

function rfc3339([seconds, nanos]: HrTime): string {
  const whole = new Date(seconds * 1_000).toISOString().slice(0, -'.000Z'.length);
  return `${whole}.${String(nanos).padStart(9, '0')}Z`;
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const pythonNames = new Map([
      [Number.POSITIVE_INFINITY, 'inf'],
      [Number.NEGATIVE_INFINITY, '-inf'],
    ]);
    return { notFinite: pythonNames.get(value) ?? 'nan' };
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
