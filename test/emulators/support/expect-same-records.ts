import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { DecodedLogRecord } from 'collectorless/decode';
import { uidOf } from 'collectorless/testing';
import { expect } from 'vitest';

/** Every source is there exactly once, nothing else is, and every field is as it was. */
export function expectSameRecords(
  decoded: readonly DecodedLogRecord[],
  sources: readonly ReadableLogRecord[],
): void {
  expect(decoded.map(uidOf).sort()).toEqual(sources.map(uidOf).sort());
  const arrived = new Map(decoded.map((record) => [uidOf(record), record]));
  for (const source of sources) {
    const record = arrived.get(uidOf(source));
    expect(record && fieldsOf(record)).toEqual(fieldsOf(source));
  }
}

function fieldsOf(record: DecodedLogRecord | ReadableLogRecord): Record<string, unknown> {
  const { instrumentationScope: scope, spanContext } = record;
  return {
    hrTime: record.hrTime,
    hrTimeObserved: record.hrTimeObserved,
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    eventName: record.eventName,
    body: record.body,
    attributes: record.attributes,
    resource: record.resource.attributes,
    scope: { name: scope.name, version: scope.version },
    span: spanContext && {
      traceId: spanContext.traceId,
      spanId: spanContext.spanId,
      traceFlags: spanContext.traceFlags,
    },
    droppedAttributesCount: record.droppedAttributesCount,
  };
}
