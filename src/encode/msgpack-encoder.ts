import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isObject } from '../is-object.ts';
import { ByteWriter } from './byte-writer.ts';
import { cutFields, tellsOfCuts } from './cut-fields.ts';
import { ENCODINGS } from './encodings.ts';
import { type ContextFields, KnownContexts } from './known-contexts.ts';
import { KnownOrigins } from './known-origins.ts';
import { KnownSequences } from './known-sequences.ts';
import { KnownSeverities } from './known-severities.ts';
import type { EncodingNote, RecordWriter } from './log-record-encoder.ts';
import { beginMsgpackMap, endMsgpackMap } from './msgpack-container.ts';
import { MsgpackFields } from './msgpack-fields.ts';
import { writeMsgpackNumber } from './msgpack-number.ts';
import { writeMsgpackString } from './msgpack-string.ts';
import { writeMsgpackTime } from './msgpack-time.ts';
import { type NormalTime, readTime } from './normal-time.ts';
import { ReadyBytes } from './ready-bytes.ts';
import { staticCopy } from './static-copy.ts';
import { checkStaticFields, RECORD_FIELDS } from './static-fields.ts';
import { writeSpanId, writeTraceFlags, writeTraceId } from './trace-context.ts';
import { hasValue } from './value-walker.ts';
import { writeAnyRecord } from './write-any-record.ts';

export interface MsgpackEncoderOptions {
  /**
   * Extra fields at the end of every record.
   * @throws InvalidOptionError when a key is one of the record's own.
   */
  readonly staticFields?: Readonly<Record<string, unknown>>;
}

/** One MessagePack map a record, with the fields of the flat JSON document; times are timestamp extensions. */
export function msgpackEncoder(options: MsgpackEncoderOptions = {}): RecordWriter {
  return new MsgpackEncoder(checkStaticFields(options.staticFields));
}

/** Without and with those of a note: up to fifteen fields have the shortest header. */
const OWN_FIELDS = 13;
const CONTEXT_FIELDS = 3;
const ALL_FIELDS = RECORD_FIELDS.length;

const TIMESTAMP = readyText('timestamp');
const OBSERVED_TIMESTAMP = readyText('observed_timestamp');
const SEVERITY_NUMBER = readyText('severity_number');
const SEVERITY_TEXT = readyText('severity_text');
const EVENT_NAME = readyText('event_name');
const BODY = readyText('body');
// With the header of the id's text, which always has the same length.
const TRACE_ID = readyText('trace_id', 0xd9, 32);
const SPAN_ID = readyText('span_id', 0xa0 | 16);
const TRACE_FLAGS = readyText('trace_flags', 0xa0 | 2);
const ATTRIBUTES = readyText('attributes');
const RESOURCE = readyText('resource');
const SCOPE = readyText('scope');
const DROPPED = readyText('dropped_attributes_count');
// With the header of a map of two.
const SEQUENCE = readyText('sequence', 0x82);
const ID = readyText('id');
const NUMBER = readyText('number');

function readyText(text: string, ...more: number[]): ReadyBytes {
  const writer = new ByteWriter(64);
  writeMsgpackString(writer, text);
  for (const byte of more) writer.writeByte(byte);
  return new ReadyBytes(writer.copy());
}

class MsgpackEncoder implements RecordWriter {
  readonly name = 'msgpack';
  readonly contentType = ENCODINGS.msgpack.contentType;
  readonly isText = ENCODINGS.msgpack.isText;
  readonly #own = new ByteWriter();
  readonly #fields = new MsgpackFields(this.#own);
  readonly #contexts = new KnownContexts(writeContext);
  readonly #severities = new KnownSeverities((...args) => this.#writeSeverity(...args));
  readonly #sequences = new KnownSequences(writeSequenceHead);
  readonly #origins = new KnownOrigins({
    resource: (writer, attributes) => this.#writeMap(writer, RESOURCE, attributes),
    scope: (writer, fields) => this.#writeMap(writer, SCOPE, fields),
  });
  readonly #staticFields: Uint8Array;
  readonly #staticCount: number;

  constructor(staticFields: Readonly<Record<string, unknown>>) {
    const fields = Object.entries(staticCopy(staticFields));
    this.#staticCount = this.#writeNamed(this.#own, fields);
    this.#staticFields = this.#own.copy();
  }

  encode(record: ReadableLogRecord): Uint8Array {
    this.#own.reset();
    this.write(record, this.#own);
    return this.#own.copy();
  }

  stringBytes(text: string): number {
    return Buffer.byteLength(text, 'utf8');
  }

  write(record: ReadableLogRecord, writer: ByteWriter, note?: EncodingNote): void {
    writeAnyRecord(this.#document, record, writer, note);
  }

  readonly #document = (
    record: ReadableLogRecord,
    writer: ByteWriter,
    note: EncodingNote | undefined,
  ): void => {
    const maxLength = this.#staticCount + (note === undefined ? OWN_FIELDS : ALL_FIELDS);
    const map = beginMsgpackMap(writer, maxLength);
    let count = this.#staticCount + writeTimes(writer, record);
    count += this.#severities.write(writer, record.severityNumber, record.severityText);
    count += this.#writeText(writer, EVENT_NAME, record.eventName);
    count += this.#writeValue(writer, BODY, record.body);
    const context: unknown = record.spanContext;
    if (isObject(context) && this.#contexts.write(writer, context)) count += CONTEXT_FIELDS;
    const attributes: unknown = record.attributes;
    if (isObject(attributes)) count += this.#writeMap(writer, ATTRIBUTES, attributes);
    count += this.#origins.write(record, writer);
    const dropped: unknown = record.droppedAttributesCount;
    if (dropped !== 0) count += writeNumber(writer, DROPPED, dropped);
    if (note !== undefined) count += this.#writeNote(writer, note);
    if (this.#staticCount > 0) writer.writeBytes(this.#staticFields);
    endMsgpackMap(writer, map, count);
  };

  #writeSeverity(writer: ByteWriter, number: unknown, text: unknown): number {
    return (
      writeNumber(writer, SEVERITY_NUMBER, number) + this.#writeText(writer, SEVERITY_TEXT, text)
    );
  }

  #writeText(writer: ByteWriter, key: ReadyBytes, text: unknown): number {
    return typeof text === 'string' && text.length > 0 ? this.#writeValue(writer, key, text) : 0;
  }

  #writeValue(writer: ByteWriter, key: ReadyBytes, value: unknown): number {
    if (!hasValue(value)) return 0;
    writer.writeReady(key);
    this.#fields.writeValue(writer, value);
    return 1;
  }

  #writeMap(writer: ByteWriter, key: ReadyBytes, map: object): number {
    const start = writer.position;
    writer.writeReady(key);
    if (this.#fields.writeMap(writer, map) > 0) return 1;
    writer.position = start;
    return 0;
  }

  #writeNote(writer: ByteWriter, note: EncodingNote): number {
    const count = tellsOfCuts(note) ? this.#writeNamed(writer, cutFields(note)) : 0;
    if (note.sequence === undefined) return count;
    this.#sequences.writeHead(writer, note.sequence);
    writeMsgpackNumber(writer, note.sequence.number);
    return count + 1;
  }

  #writeNamed(writer: ByteWriter, fields: Iterable<readonly [string, unknown]>): number {
    let count = 0;
    for (const [key, value] of fields) {
      this.#fields.writeKey(writer, key);
      this.#fields.writeValue(writer, value);
      count++;
    }
    return count;
  }
}

// What writes fields answers how many these are: 0 for what has no value.

/** One for all records: they are written one after the other. */
const TIME: NormalTime = { seconds: 0, nanos: 0 };

function writeTimes(writer: ByteWriter, record: ReadableLogRecord): number {
  const hasTime = readTime(record.hrTime, TIME);
  const { nanos, seconds } = TIME;
  const count = hasTime ? writeTime(writer, TIMESTAMP, seconds, nanos) : 0;
  if (!readTime(record.hrTimeObserved, TIME)) return count;
  if (hasTime && TIME.seconds === seconds && TIME.nanos === nanos) return count;
  return count + writeTime(writer, OBSERVED_TIMESTAMP, TIME.seconds, TIME.nanos);
}

function writeTime(writer: ByteWriter, key: ReadyBytes, seconds: number, nanos: number): number {
  if (!Number.isSafeInteger(seconds)) return 0;
  writer.writeReady(key);
  writeMsgpackTime(writer, seconds, nanos);
  return 1;
}

function writeNumber(writer: ByteWriter, key: ReadyBytes, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 0;
  writer.writeReady(key);
  writeMsgpackNumber(writer, value);
  return 1;
}

function writeContext(writer: ByteWriter, { spanId, traceFlags, traceId }: ContextFields): boolean {
  writer.writeReady(TRACE_ID);
  if (!writeTraceId(writer, traceId)) return false;
  writer.writeReady(SPAN_ID);
  if (!writeSpanId(writer, spanId)) return false;
  writer.writeReady(TRACE_FLAGS);
  writeTraceFlags(writer, traceFlags);
  return true;
}

function writeSequenceHead(writer: ByteWriter, id: string): void {
  writer.writeReady(SEQUENCE);
  writer.writeReady(ID);
  writeMsgpackString(writer, id);
  writer.writeReady(NUMBER);
}
