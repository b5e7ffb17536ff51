import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** The document of a well-behaved record, made the plain way: what the fast encoder must agree with. */
export function flatDocument(record: ReadableLogRecord): Record<string, unknown> {
  const { hrTime, hrTimeObserved, spanContext, instrumentationScope: scope } = record;
  const differs = hrTime[0] !== hrTimeObserved[0] || hrTime[1] !== hrTimeObserved[1];
  const document = {
    timestamp: rfc3339(hrTime),
    observed_timestamp: differs ? rfc3339(hrTimeObserved) : undefined,
    severity_number: record.severityNumber,
    severity_text: record.severityText || undefined,
    event_name: record.eventName || undefined,
    body: record.body,
    trace_id: spanContext?.traceId,
    span_id: spanContext?.spanId,
    trace_flags: spanContext?.traceFlags.toString(16).padStart(2, '0'),
    attributes: unlessEmpty(record.attributes),
    resource: unlessEmpty(record.resource.attributes),
    scope: unlessEmpty({
      name: scope.name || undefined,
      version: scope.version || undefined,
      schema_url: scope.schemaUrl || undefined,
      attributes: scope.attributes && unlessEmpty(scope.attributes),
    }),
    dropped_attributes_count: record.droppedAttributesCount || undefined,
  };
  return withoutUndefined(document);
}

function rfc3339([seconds, nanos]: readonly [number, number]): string {
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${text}.${String(nanos).padStart(9, '0')}Z`;
}

function unlessEmpty(map: object): object | undefined {
  const kept = withoutUndefined(map as Record<string, unknown>);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function withoutUndefined(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}
