import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ByteWriter } from './byte-writer.ts';
import { EncodedOnce } from './encoded-once.ts';
import type { EncodingNote, RecordWriter } from './log-record-encoder.ts';
import { beginMsgpackMap, endMsgpackMap } from './msgpack-container.ts';
import { MsgpackFields } from './msgpack-fields.ts';
import { writeMsgpackNumber } from './msgpack-number.ts';
import { writeMsgpackString } from './msgpack-string.ts';
import { writeMsgpackTime } from './msgpack-time.ts';
import { isSameTime, normalTime } from './normal-time.ts';
import { noteFields } from './note-fields.ts';
import { ownKeys, readProperty } from './own-property.ts';
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

function readyText(text: string, ...more: number[]): ReadyBytes {
  const writer = new ByteWriter(64);
  writeMsgpackString(writer, text);
  for (const byte of more) writer.writeByte(byte);
  return new ReadyBytes(writer.copy());
}

class MsgpackEncoder implements RecordWriter {
  readonly name = 'msgpack';
  readonly contentType = 'application/vnd.msgpack';
  readonly isText = false;
  readonly #own = new ByteWriter();
  readonly #fields = new MsgpackFields(this.#own);
  readonly #resources = new EncodedOnce<object>();
  readonly #scopes = new EncodedOnce<object>();
  readonly #staticFields: Uint8Array;
  readonly #staticCount: number;
  #count = 0;

  constructor(staticFields: Readonly<Record<string, unknown>>) {
    const fields = Object.entries(staticCopy(staticFields));
    for (const [key, value] of fields) this.#named(this.#own, key, value);
    this.#staticFields = this.#own.copy();
    this.#staticCount = fields.length;
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
    this.#count = 0;
    this.#times(writer, record);
    this.#number(writer, SEVERITY_NUMBER, record.severityNumber);
    this.#text(writer, SEVERITY_TEXT, record.severityText);
    this.#text(writer, EVENT_NAME, record.eventName);
    this.#value(writer, BODY, record.body);
    this.#context(writer, record.spanContext);
    this.#map(writer, ATTRIBUTES, record.attributes);
    this.#shared(writer, this.#resources, record.resource, this.#resource);
    this.#shared(writer, this.#scopes, record.instrumentationScope, this.#scope);
    const dropped: unknown = record.droppedAttributesCount;
    if (dropped !== 0) this.#number(writer, DROPPED, dropped);
    for (const [key, value] of note === undefined ? [] : noteFields(note)) {
      this.#named(writer, key, value);
    }
    writer.writeBytes(this.#staticFields);
    endMsgpackMap(writer, map, this.#count + this.#staticCount);
  };

  #times(writer: ByteWriter, record: ReadableLogRecord): void {
    const time = normalTime(record.hrTime);
    const observed = normalTime(record.hrTimeObserved);
    this.#time(writer, TIMESTAMP, time);
    if (!isSameTime(time, observed)) this.#time(writer, OBSERVED_TIMESTAMP, observed);
  }

  #time(writer: ByteWriter, key: ReadyBytes, time: HrTime | undefined): void {
    if (time === undefined || !Number.isSafeInteger(time[0])) return;
    writer.writeReady(key);
    writeMsgpackTime(writer, time);
    this.#count++;
  }

  #number(writer: ByteWriter, key: ReadyBytes, value: unknown): void {
    if (typeof value !== 'number' || !Number.isFinite(value)) return;
    writer.writeReady(key);
    writeMsgpackNumber(writer, value);
    this.#count++;
  }

  #text(writer: ByteWriter, key: ReadyBytes, text: unknown): void {
    if (typeof text === 'string' && text.length > 0) this.#value(writer, key, text);
  }

  #value(writer: ByteWriter, key: ReadyBytes, value: unknown): void {
    if (!hasValue(value)) return;
    writer.writeReady(key);
    this.#fields.writeValue(writer, value);
    this.#count++;
  }

  #context(writer: ByteWriter, context: unknown): void {
    if (!isObject(context)) return;
    const start = writer.position;
    const { traceId, spanId } = context as Partial<SpanContext>;
    writer.writeReady(TRACE_ID);
    const hasTraceId = writeTraceId(writer, traceId);
    writer.writeReady(SPAN_ID);
    if (hasTraceId && writeSpanId(writer, spanId)) {
      writer.writeReady(TRACE_FLAGS);
      writeTraceFlags(writer, (context as Partial<SpanContext>).traceFlags);
      this.#count += 3;
    } else {
      // Half a trace context would only mislead a search.
      writer.position = start;
    }
  }

  #named(writer: ByteWriter, key: string, value: unknown): void {
    this.#fields.writeKey(writer, key);
    this.#fields.writeValue(writer, value);
    this.#count++;
  }

  #map(writer: ByteWriter, key: ReadyBytes, map: unknown): void {
    if (!isObject(map)) return;
    const start = writer.position;
    writer.writeReady(key);
    if (this.#fields.writeMap(writer, map) > 0) this.#count++;
    else writer.position = start;
  }

  #shared(
    writer: ByteWriter,
    cache: EncodedOnce<object>,
    part: unknown,
    write: (writer: ByteWriter, part: object) => boolean,
  ): void {
    if (!isObject(part)) return;
    const known = cache.find(part);
    const start = writer.position;
    if (known !== undefined) {
      writer.writeBytes(known);
      if (known.length > 0) this.#count++;
    } else if (write(writer, part)) {
      cache.keep(part, writer.copy(start));
    }
  }

  readonly #resource = (writer: ByteWriter, resource: object): boolean => {
    this.#map(writer, RESOURCE, readProperty(resource, 'attributes'));
    // While detectors are at work the attributes of the next record may be others.
    return readProperty(resource, 'asyncAttributesPending') !== true;
  };

  readonly #scope = (writer: ByteWriter, scope: object): boolean => {
    const attributes = readProperty(scope, 'attributes');
    this.#map(writer, SCOPE, {
      name: readProperty(scope, 'name') || undefined,
      version: readProperty(scope, 'version') || undefined,
      schema_url: readProperty(scope, 'schemaUrl') || undefined,
      attributes: isObject(attributes) && ownKeys(attributes).length > 0 ? attributes : undefined,
    });
    return true;
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
