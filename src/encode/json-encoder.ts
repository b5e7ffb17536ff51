import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ByteWriter } from './byte-writer.ts';
import { ENCODINGS } from './encodings.ts';
import { JsonDocument } from './json-document.ts';
import { JsonFields } from './json-fields.ts';
import { NESTED, PLAIN } from './json-quoting.ts';
import { jsonStringBytes } from './json-string.ts';
import type { EncodingNote, RecordWriter } from './log-record-encoder.ts';
import { ReadyBytes } from './ready-bytes.ts';
import { checkStaticFields } from './static-fields.ts';
import { writeAnyRecord } from './write-any-record.ts';

const NOTHING = ReadyBytes.ofText('');

export interface JsonEncoderOptions {
  /**
   * Extra fields at the end of every record.
   * @throws InvalidOptionError when a key is one of the record's own.
   */
  readonly staticFields?: Readonly<Record<string, unknown>>;
}

/** One flat JSON object a record, on one line: the field names of OTel's log data model in snake case. */
export function jsonEncoder(options: JsonEncoderOptions = {}): RecordWriter {
  return new JsonEncoder(checkStaticFields(options.staticFields));
}

class JsonEncoder implements RecordWriter {
  readonly name = 'json';
  readonly contentType = ENCODINGS.json.contentType;
  readonly isText = ENCODINGS.json.isText;
  readonly #own = new ByteWriter();
  readonly #staticFields: string;
  readonly #plain: JsonDocument;
  #nested: JsonDocument | undefined;

  constructor(staticFields: Readonly<Record<string, unknown>>) {
    this.#staticFields = jsonOf(staticFields);
    this.#plain = new JsonDocument(this.#own, this.#staticFields, PLAIN);
  }

  encode(record: ReadableLogRecord): Uint8Array {
    this.#own.reset();
    this.write(record, this.#own);
    return this.#own.copy();
  }

  stringBytes(text: string): number {
    return jsonStringBytes(text);
  }

  write(record: ReadableLogRecord, writer: ByteWriter, note?: EncodingNote): void {
    writeAnyRecord(this.#plain.write, record, writer, note);
  }

  writeNested(record: ReadableLogRecord, writer: ByteWriter, note?: EncodingNote): number {
    const { nestingBytes, position } = writer;
    this.#nested ??= new JsonDocument(this.#own, this.#staticFields, NESTED);
    writeAnyRecord(this.#nested.write, record, writer, note);
    return writer.position - position - (writer.nestingBytes - nestingBytes);
  }
}

/** The fields as they stand in a record that has others before them. */
function jsonOf(fields: Readonly<Record<string, unknown>>): string {
  const writer = new ByteWriter();
  new JsonFields(writer).writeMap(writer, NOTHING, fields);
  const map = writer.buffer.toString('utf8', 0, writer.position);
  return map === '' ? '' : `,${map.slice(1, -1)}`;
}
