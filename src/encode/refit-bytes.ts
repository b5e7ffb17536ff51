import { cutText, splitText } from './cut-text.ts';
import { type FitOptions, fitRecord } from './fit-record.ts';
import type { LogRecordEncoder, RecordWriter } from './log-record-encoder.ts';
import { NotedWriter } from './noted-writer.ts';
import { type NotedRecord, readJsonRecord } from './read-json-record.ts';

/** The encodings that can be read back here. */
const READERS: Readonly<Record<string, (bytes: Uint8Array) => NotedRecord | undefined>> = {
  json: readJsonRecord,
};

/**
 * Makes an encoded record fit fewer bytes, when the record itself is gone. Undefined when its encoding
 * cannot be read back, or when even its smallest form is larger.
 *
 * A part of a split record is cut, not split again: its number among the other parts stays good.
 */
export function refitBytes(
  bytes: Uint8Array,
  encoder: LogRecordEncoder | RecordWriter,
  options: FitOptions,
): Uint8Array[] | undefined {
  if (!('write' in encoder)) return undefined;
  const { maxBytes } = options;
  if (encoder.carriesNote === false) {
    if (options.mode === 'split') return splitText(bytes, maxBytes);
    const start = cutText(bytes, maxBytes);
    return start === undefined ? undefined : [start];
  }
  const read = Object.hasOwn(READERS, encoder.name) ? READERS[encoder.name] : undefined;
  const known = read?.(bytes);
  if (known === undefined) return undefined;
  const mode = known.note.part === undefined ? options.mode : 'truncate';
  return fitRecord(known.record, new NotedWriter(encoder, known.note), { ...options, mode });
}
