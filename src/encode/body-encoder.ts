import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { bareText } from './bare-text.ts';
import { ByteWriter } from './byte-writer.ts';
import { ENCODINGS } from './encodings.ts';
import { JsonFields } from './json-fields.ts';
import type { RecordWriter } from './log-record-encoder.ts';
import { readProperty } from './own-property.ts';

const QUOTE = 0x22;
/** How `null` begins. */
const LETTER_N = 0x6e;

/**
 * The body alone: lists and maps as JSON text, anything else as its bare text, nothing for a record without a
 * body.
 */
export function bodyEncoder(): RecordWriter {
  return new BodyEncoder();
}

class BodyEncoder implements RecordWriter {
  readonly name = 'body';
  readonly contentType = ENCODINGS.body.contentType;
  readonly isText = ENCODINGS.body.isText;
  readonly carriesNote = false;
  readonly #own = new ByteWriter();
  readonly #fields = new JsonFields(this.#own);

  encode(record: ReadableLogRecord): Uint8Array {
    this.#own.reset();
    this.write(record, this.#own);
    return this.#own.copy();
  }

  write(record: ReadableLogRecord, writer: ByteWriter): void {
    const body = readProperty(record, 'body');
    if (typeof body === 'string') writer.writeUtf8(body);
    else if (body !== null && body !== undefined) this.#writeBare(writer, body);
  }

  #writeBare(writer: ByteWriter, body: unknown): void {
    const { position } = writer;
    this.#fields.writeValue(writer, body);
    const first = writer.buffer[position];
    if (first !== QUOTE && first !== LETTER_N) return;
    const text = bareText(writer.buffer.toString('utf8', position, writer.position));
    writer.position = position;
    writer.writeUtf8(text);
  }

  stringBytes(text: string): number {
    return Buffer.byteLength(text, 'utf8');
  }
}
