import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ByteWriter } from './byte-writer.ts';
import { JsonFields } from './json-fields.ts';
import type { RecordWriter } from './log-record-encoder.ts';
import { readProperty } from './own-property.ts';

/** The body alone: text as it is, anything else as JSON text, nothing for a record without a body. */
export function bodyEncoder(): RecordWriter {
  return new BodyEncoder();
}

class BodyEncoder implements RecordWriter {
  readonly name = 'body';
  readonly contentType = 'text/plain; charset=utf-8';
  readonly isText = true;
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
    else if (body !== null && body !== undefined) this.#fields.writeValue(writer, body);
  }

  stringBytes(text: string): number {
    return Buffer.byteLength(text, 'utf8');
  }
}
