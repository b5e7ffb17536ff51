import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** What a program made for distlog must find in a record. */
export function distlogDocument(record: ReadableLogRecord): Record<string, unknown> {
  const [seconds, nanos] = record.hrTime;
  const { body, spanContext, resource } = record;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    name: record.instrumentationScope.name,
    msg: text,
    message: text.replaceAll('\n', '\\n'),
    args: null,
    exc_info: null,
    ...level(record.severityNumber ?? 0),
    created: seconds + nanos / 1e9,
    hostname: resource.attributes['host.name'],
    process: resource.attributes['process.pid'],
    processName: resource.attributes['service.name'],
    context: {
      ...record.attributes,
      ...(spanContext === undefined
        ? {}
        : {
            trace_id: spanContext.traceId,
            span_id: spanContext.spanId,
            trace_flags: `0${spanContext.traceFlags}`,
          }),
    },
  };
}

/** https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber against Python's levels. */
function level(severity: number): { levelname: string; levelno: number } {
  if (severity >= 21) return { levelname: 'CRITICAL', levelno: 50 };
  if (severity >= 17) return { levelname: 'ERROR', levelno: 40 };
  if (severity >= 13) return { levelname: 'WARNING', levelno: 30 };
  if (severity >= 9) return { levelname: 'INFO', levelno: 20 };
  return { levelname: 'DEBUG', levelno: 10 };
}
