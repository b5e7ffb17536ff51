import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { bareText } from './bare-text.ts';
import { ByteWriter } from './byte-writer.ts';
import { cutFields } from './cut-fields.ts';
import { DISTLOG_FIELDS, distlogCopies, distlogFields } from './distlog-fields.ts';
import { ENCODINGS } from './encodings.ts';
import { JsonFields } from './json-fields.ts';
import { jsonStringBytes } from './json-string.ts';
import type { EncodingNote, RecordWriter } from './log-record-encoder.ts';
import { setOwnProperty } from './own-property.ts';
import { ReadyBytes } from './ready-bytes.ts';
import { shieldRecord } from './shield-record.ts';
import { staticCopy } from './static-copy.ts';
import { checkStaticFields } from './static-fields.ts';

const NOTHING = ReadyBytes.ofText('');

export interface DistlogJsonEncoderOptions {
  /**
   * Extra fields at the end of every record.
   * @throws InvalidOptionError when a key is one of the record's own.
   */
  readonly staticFields?: Readonly<Record<string, unknown>>;
}

/** One JSON object a record with the fields of Python's `LogRecord`, as a `distlogd` receiver reads them. */
export function distlogJsonEncoder(options: DistlogJsonEncoderOptions = {}): RecordWriter {
  return new DistlogJsonEncoder(checkStaticFields(options.staticFields, DISTLOG_FIELDS));
}

class DistlogJsonEncoder implements RecordWriter {
  readonly name = 'distlog-json';
  readonly contentType = ENCODINGS['distlog-json'].contentType;
  readonly isText = ENCODINGS['distlog-json'].isText;
  readonly #own = new ByteWriter();
  readonly #fields = new JsonFields(this.#own);
  readonly #staticFields: Readonly<Record<string, unknown>>;

  constructor(staticFields: Readonly<Record<string, unknown>>) {
    this.#staticFields = staticCopy(staticFields);
  }

  encode(record: ReadableLogRecord): Uint8Array {
    this.#own.reset();
    this.write(record, this.#own);
    return this.#own.copy();
  }

  stringBytes(text: string, path?: string): number {
    const bytes = jsonStringBytes(text);
    // As `msg` and `message`: in the latter a line break is a backslash, itself escaped, and an `n`.
    if (path === 'body') return 2 * bytes + (text.split('\n').length - 1);
    // A text inside of a body is escaped once more, as part of the body's JSON text.
    if (path?.startsWith('body') === true) {
      return 2 * jsonStringBytes(JSON.stringify(text.toWellFormed()).slice(1, -1));
    }
    return bytes * distlogCopies(path ?? '');
  }

  write(record: ReadableLogRecord, writer: ByteWriter, note?: EncodingNote): void {
    const document = distlogFields(shieldRecord(record), (value) => this.#text(value));
    for (const [key, value] of note === undefined ? [] : cutFields(note)) document[key] = value;
    if (note?.sequence !== undefined) document['sequence'] = { ...note.sequence };
    for (const key of Object.keys(this.#staticFields)) {
      setOwnProperty(document, key, this.#staticFields[key]);
    }
    this.#fields.writeMap(writer, NOTHING, document);
  }

  #text(value: unknown): string {
    const writer = new ByteWriter(1_024);
    this.#fields.writeValue(writer, value);
    return bareText(writer.buffer.toString('utf8', 0, writer.position));
  }
}
