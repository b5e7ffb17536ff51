import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { cutText, splitText } from './cut-text.ts';
import type { LogRecordEncoder, RecordWriter } from './log-record-encoder.ts';
import { NoteCoder } from './note-coder.ts';
import { plainRecord } from './plain-record.ts';
import { splitRecord } from './split-record.ts';
import { truncateRecord } from './truncate-record.ts';

export interface FitOptions {
  /** Bytes that one piece may have. */
  readonly maxBytes: number;
  /** One piece with its long fields cut, or as many as it takes for all of them. */
  readonly mode: 'truncate' | 'split';
  /** An id for the parts of a split record. */
  createId(): string;
}

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
  const whole = coder.encode(plain);
  if ('write' in encoder && encoder.carriesNote === false) {
    return mode === 'split' ? splitText(whole, maxBytes) : listOf(cutText(whole, maxBytes));
  }
  const originalBytes = whole.length;
  const parts =
    mode === 'split' ? splitRecord(plain, coder, maxBytes, options.createId()) : undefined;
  return parts ?? listOf(truncateRecord(plain, coder, maxBytes, originalBytes));
}

function listOf(piece: Uint8Array | undefined): Uint8Array[] | undefined {
  return piece === undefined ? undefined : [piece];
}
