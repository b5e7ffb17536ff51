import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

export const UID = '0f8fad5b-d9cb-469f-a165-70867728950e';

/** A record that is what the SDK makes, with other values where a test wants them, even wrong ones. */
export function makeRecord(other: Readonly<Record<string, unknown>> = {}): ReadableLogRecord {
  const record: object = {
    hrTime: [1_700_000_000, 5],
    hrTimeObserved: [1_700_000_000, 5],
    severityNumber: 9,
    severityText: 'INFO',
    body: 'hello',
    attributes: { uid: UID },
    resource: { attributes: { 'service.name': 'shop' } },
    instrumentationScope: { name: 'lib', version: '1.2.3' },
    droppedAttributesCount: 0,
    ...other,
  };
  return record as ReadableLogRecord;
}

export function textOf(encoded: string | Uint8Array): string {
  return typeof encoded === 'string'
    ? encoded
    : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(encoded);
}

export function parse(encoded: string | Uint8Array): Record<string, unknown> {
  return JSON.parse(textOf(encoded)) as Record<string, unknown>;
}
