import { ByteWriter } from './byte-writer.ts';
import type { CutCosts } from './cuttable.ts';
import { jsonStringBytes } from './json-string.ts';
import type { EncodingNote, LogRecordEncoder, RecordWriter } from './log-record-encoder.ts';
import { noteAttributes } from './note-attributes.ts';
import { type PlainRecord, toRecord } from './plain-record.ts';

/** Encodes copies of one record with one note or another; own encoders get the note as attributes. */
export class NoteCoder {
  readonly costs: CutCosts;
  /** True for encodings of this package: their costs are known, those of others are a guess. */
  readonly isExact: boolean;
  readonly #encoder: LogRecordEncoder | RecordWriter;
  readonly #writer = new ByteWriter();
  #bytesWritten = 0;

  constructor(encoder: LogRecordEncoder | RecordWriter) {
    this.#encoder = encoder;
    this.isExact = 'write' in encoder;
    this.costs = {
      // The costs of an own encoder are a guess: JSON's for text. The search goes by the real size.
      stringBytes:
        'stringBytes' in encoder
          ? (text, path) => encoder.stringBytes(text, path)
          : encoder.isText
            ? jsonStringBytes
            : (text) => Buffer.byteLength(text, 'utf8'),
      base64: encoder.isText,
    };
  }

  /** Bytes of all that was encoded: the work that was done. */
  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  /** The bytes, good until the next call. */
  encode(plain: PlainRecord, note?: EncodingNote): Uint8Array {
    const bytes = this.#encode(plain, note);
    this.#bytesWritten += bytes.length;
    return bytes;
  }

  #encode(plain: PlainRecord, note?: EncodingNote): Uint8Array {
    const encoder = this.#encoder;
    if ('write' in encoder) {
      const writer = this.#writer;
      writer.reset();
      encoder.write(toRecord(plain), writer, note);
      return writer.buffer.subarray(0, writer.position);
    }
    const record = toRecord(plain, note === undefined ? undefined : noteAttributes(note));
    const encoded = encoder.encode(record);
    return typeof encoded === 'string' ? Buffer.from(encoded, 'utf8') : encoded;
  }
}
