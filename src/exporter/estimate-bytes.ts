import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** About what a record costs beside its texts. */
const RECORD_BYTES = 256;
/** Attributes that are looked at; a record of more is estimated by these. */
const MAX_ATTRIBUTES = 64;

/**
 * About how many bytes a record that is not encoded yet holds: the length of its texts, found without
 * walking deep or encoding anything.
 */
export function estimateBytes(record: ReadableLogRecord): number {
  try {
    let bytes = RECORD_BYTES + lengthOf(record.body);
    let looked = 0;
    for (const key in record.attributes) {
      if (looked === MAX_ATTRIBUTES) break;
      looked += 1;
      bytes += key.length + lengthOf(record.attributes[key]);
    }
    return bytes;
  } catch {
    return RECORD_BYTES;
  }
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return ArrayBuffer.isView(value) ? value.byteLength : 16;
}
