import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ByteWriter } from './byte-writer.ts';
import type { EncodingNote, RecordWriter } from './log-record-encoder.ts';

/** Writes records that were cut or split before: what their note says stays, and more is added to it. */
export class NotedWriter implements RecordWriter {
  readonly name: string;
  readonly contentType: string;
  readonly isText: boolean;
  readonly #writer: RecordWriter;
  readonly #note: EncodingNote;

  constructor(writer: RecordWriter, note: EncodingNote) {
    this.name = writer.name;
    this.contentType = writer.contentType;
    this.isText = writer.isText;
    this.#writer = writer;
    this.#note = note;
  }

  encode(record: ReadableLogRecord): string | Uint8Array {
    return this.#writer.encode(record);
  }

  write(record: ReadableLogRecord, writer: ByteWriter, note: EncodingNote = {}): void {
    this.#writer.write(record, writer, joinNotes(this.#note, note));
  }

  stringBytes(text: string, path?: string): number {
    return this.#writer.stringBytes(text, path);
  }
}

function joinNotes(earlier: EncodingNote, later: EncodingNote): EncodingNote {
  const truncated =
    earlier.truncated !== undefined && later.truncated !== undefined
      ? {
          fields: [...new Set([...earlier.truncated.fields, ...later.truncated.fields])],
          originalBytes: earlier.truncated.originalBytes,
        }
      : (earlier.truncated ?? later.truncated);
  const part = earlier.part ?? later.part;
  const sequence = earlier.sequence ?? later.sequence;
  return {
    ...(truncated === undefined ? {} : { truncated }),
    ...(part === undefined ? {} : { part }),
    ...(sequence === undefined ? {} : { sequence }),
  };
}
