import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ByteWriter } from './byte-writer.ts';

/** What its sender says of a record, told inside the record itself: what was done so that it fits, its number. */
export interface EncodingNote {
  /**
   * Which fields were cut, as paths such as `body` or `attributes.message`, and the encoded size before: exact,
   * or measured within a few percent when it was more than twice the limit.
   */
  readonly truncated?: { readonly fields: readonly string[]; readonly originalBytes: number };
  /** This is part `index` (from 0) of `count` parts of one record; `fields` hold a slice each. */
  readonly part?: RecordPart;
  /** Its place among the records of one sender to one target. */
  readonly sequence?: RecordSequence;
}

export interface RecordSequence {
  /** The same for all records that are counted together. */
  readonly id: string;
  /** From 1, one more for each record: a number that is left out is a record that was lost. */
  readonly number: number;
}

export interface RecordPart {
  /** The same in all parts of one record. */
  readonly id: string;
  readonly index: number;
  readonly count: number;
  /** Paths of the sliced fields: joined in the order of `index` they are whole again. */
  readonly fields: readonly string[];
  /** Those of `fields` that were not strings: their slices join to the JSON text of the value. */
  readonly jsonFields?: readonly string[];
}

/**
 * Turns one log record into bytes: your own wire format for the `encoding` option.
 *
 * `encode` gets a record that it must not change and answers its text or bytes. A throw drops that one
 * record with the reason `invalid`.
 */
export interface LogRecordEncoder {
  /** Named in errors and statistics. */
  readonly name: string;
  /** The media type, for destinations that carry one. */
  readonly contentType: string;
  /** True when the bytes are UTF-8 text that may be followed by a delimiter such as `\n`. */
  readonly isText: boolean;
  encode(record: ReadableLogRecord): string | Uint8Array;
}

/** An encoder of this package: writes straight into a growing buffer and can say what was cut. */
export interface RecordWriter extends LogRecordEncoder {
  /** Appends the record to `writer`. Total: no record makes it throw or write invalid output. */
  write(record: ReadableLogRecord, writer: ByteWriter, note?: EncodingNote): void;
  /**
   * Appends the record's text as it stands inside a JSON string, without the quotes around it, and answers how
   * many bytes `write` appends. For encodings that have a fast way to it.
   */
  writeNested?(record: ReadableLogRecord, writer: ByteWriter, note?: EncodingNote): number;
  /** False when this encoding has no place to tell a note. Default true. */
  readonly carriesNote?: boolean;
  /**
   * Bytes that a string value takes in this encoding, without quotes or length prefix. Adds up over pieces cut
   * between code points.
   *
   * @param path Where it stands, such as `body`: an encoding may write it twice, or not at all.
   */
  stringBytes(text: string, path?: string): number;
}
