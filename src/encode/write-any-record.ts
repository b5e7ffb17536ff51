import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ByteWriter } from './byte-writer.ts';
import type { EncodingNote } from './log-record-encoder.ts';
import { shieldRecord } from './shield-record.ts';

type WriteDocument = (
  record: ReadableLogRecord,
  writer: ByteWriter,
  note: EncodingNote | undefined,
) => void;

/**
 * Writes a record as it is, and one that throws when it is read once more behind a shield: only the hostile
 * ones pay for it.
 */
export function writeAnyRecord(
  write: WriteDocument,
  record: ReadableLogRecord,
  writer: ByteWriter,
  note: EncodingNote | undefined,
): void {
  const { nestingBytes, position } = writer;
  try {
    write(record, writer, note);
  } catch {
    writer.undoTo(position, nestingBytes);
    write(shieldRecord(record), writer, note);
  }
}
