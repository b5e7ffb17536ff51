import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** About what a record costs beside its texts; what is known of one that cannot be read. */
export const RECORD_BYTES = 256;
/** Attributes that are looked at; a record of more is estimated by these. */
const MAX_ATTRIBUTES = 64;

/**
 * About how many bytes a record that is not encoded yet holds: the length of its texts, found without
 * walking deep or encoding anything.
 */
export function estimateBytes(record: ReadableLogRecord): number {
  return readableBytes(record) ?? RECORD_BYTES;
}

/** The same, or nothing for a record that cannot be read. */
export function readableBytes(record: ReadableLogRecord): number | undefined {
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
    return undefined;
  }
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return ArrayBuffer.isView(value) ? value.byteLength : 16;
}
