import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { cutText, splitText } from './cut-text.ts';
import type { LogRecordEncoder, RecordWriter } from './log-record-encoder.ts';
import { type MeasuredValue, measureValue, withoutGiants } from './measured-value.ts';
import { NoteCoder } from './note-coder.ts';
import { type PlainRecord, plainRecord } from './plain-record.ts';
import { topValues } from './record-cuttables.ts';
import { shortenGiants } from './shorten-giants.ts';
import { splitRecord } from './split-record.ts';
import { type OriginalSize, truncateRecord } from './truncate-record.ts';

export interface FitOptions {
  /** Bytes that one piece may have. */
  readonly maxBytes: number;
  /** One piece with its long fields cut, or as many as it takes for all of them. */
  readonly mode: 'truncate' | 'split';
  /** An id for the parts of a split record. */
  createId(): string;
  /** The encoded size of the whole record, where it is known: told in the note of a record that was cut. */
  readonly originalBytes?: number;
}

/** A record of more times the limit is not encoded whole just to learn its exact size. */
const MANY_TIMES = 2;
const SMALL_BYTES = 131_072;

/**
 * Makes a record that is larger than `maxBytes` fit: one piece that says what was cut, or numbered parts.
 *
 * A record that cannot be split (too many small values) is cut instead. Undefined when even its smallest
 * form is larger. Works on a copy that reads each getter once.
 */
export function fitRecord(
  record: ReadableLogRecord,
  encoder: LogRecordEncoder | RecordWriter,
  options: FitOptions,
): Uint8Array[] | undefined {
  const { maxBytes, mode } = options;
  const plain = plainRecord(record);
  const coder = new NoteCoder(encoder);
  if ('write' in encoder && encoder.carriesNote === false) {
    if (mode === 'split') return splitText(coder.encode(plain), maxBytes);
    plain.fields['body'] = shortenGiants(plain.fields['body'], maxBytes);
    return listOf(cutText(coder.encode(plain), maxBytes));
  }
  const parts =
    mode === 'split' ? splitRecord(plain, coder, maxBytes, options.createId()) : undefined;
  if (parts !== undefined) return parts;
  const measured = topValues(plain).map((top) => measureValue(top, coder.costs));
  const original = originalSize(plain, measured, coder, options);
  const values = coder.isExact ? measured.map((value) => withoutGiants(value, maxBytes)) : measured;
  return listOf(truncateRecord(plain, values, coder, maxBytes, original));
}

/** Exact for a record that is not much larger than it may be, and in a foreign encoding. */
function originalSize(
  plain: PlainRecord,
  measured: readonly MeasuredValue[],
  coder: NoteCoder,
  { maxBytes, originalBytes }: FitOptions,
): OriginalSize {
  if (originalBytes !== undefined) return { bytes: originalBytes, isExact: true };
  const bytes = measured.reduce((sum, value) => sum + value.keyBytes + value.bytes, 0);
  return coder.isExact && bytes > MANY_TIMES * maxBytes + SMALL_BYTES
    ? { bytes, isExact: false }
    : { bytes: coder.encode(plain).length, isExact: true };
}

function listOf(piece: Uint8Array | undefined): Uint8Array[] | undefined {
  return piece === undefined ? undefined : [piece];
}
