import type { HrTime } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ByteWriter } from './byte-writer.ts';
import { EncodedOnce } from './encoded-once.ts';
import { JsonFields } from './json-fields.ts';
import { writeJsonNumber } from './json-number.ts';
import { jsonStringBytes, writeJsonString } from './json-string.ts';
import type { EncodingNote, RecordWriter } from './log-record-encoder.ts';
import { isSameTime, normalTime } from './normal-time.ts';
import { noteFields } from './note-fields.ts';
import { ownKeys, readProperty } from './own-property.ts';
import { ReadyBytes } from './ready-bytes.ts';
import { Rfc3339Time } from './rfc3339-time.ts';
import { checkStaticFields } from './static-fields.ts';
import { writeSpanId, writeTraceFlags, writeTraceId } from './trace-context.ts';
import { writeAnyRecord } from './write-any-record.ts';

const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const COMMA = 0x2c;

// Every field begins with the comma that parts it from the one before; the first one becomes the brace.
const TIMESTAMP = ReadyBytes.ofText(',"timestamp":"');
const OBSERVED_TIMESTAMP = ReadyBytes.ofText(',"observed_timestamp":"');
const SEVERITY_NUMBER = ReadyBytes.ofText(',"severity_number":');
const SEVERITY_TEXT = ReadyBytes.ofText(',"severity_text":');
const EVENT_NAME = ReadyBytes.ofText(',"event_name":');
const BODY = ReadyBytes.ofText(',"body":');
const TRACE_ID = ReadyBytes.ofText(',"trace_id":"');
const SPAN_ID = ReadyBytes.ofText('","span_id":"');
const TRACE_FLAGS = ReadyBytes.ofText('","trace_flags":"');
const ATTRIBUTES = ReadyBytes.ofText(',"attributes":');
const RESOURCE = ReadyBytes.ofText(',"resource":');
const SCOPE = ReadyBytes.ofText(',"scope":');
const DROPPED = ReadyBytes.ofText(',"dropped_attributes_count":');
const STATIC_FIELDS = ReadyBytes.ofText(',');

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
  readonly contentType = 'application/json';
  readonly isText = true;
  readonly #own = new ByteWriter();
  readonly #fields = new JsonFields(this.#own);
  readonly #time = new Rfc3339Time();
  readonly #resources = new EncodedOnce<object>();
  readonly #scopes = new EncodedOnce<object>();
  readonly #staticFields: Uint8Array;

  constructor(staticFields: Readonly<Record<string, unknown>>) {
    this.#fields.writeMap(this.#own, STATIC_FIELDS, staticFields);
    // The map's braces go: the fields stand in the record itself, after the comma.
    const map = new Uint8Array(this.#own.copy());
    this.#staticFields = map.length === 0 ? map : map.subarray(1, -1);
    if (map.length > 0) this.#staticFields[0] = COMMA;
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
    writeAnyRecord(this.#document, record, writer, note);
  }

  readonly #document = (
    record: ReadableLogRecord,
    writer: ByteWriter,
    note: EncodingNote | undefined,
  ): void => {
    const start = writer.position;
    this.#head(record, writer);
    this.#context(record, writer);
    const attributes: unknown = record.attributes;
    if (isObject(attributes)) this.#fields.writeMap(writer, ATTRIBUTES, attributes);
    this.#origin(record, writer);
    const dropped: unknown = record.droppedAttributesCount;
    if (isNumber(dropped) && dropped !== 0) this.#number(writer, DROPPED, dropped);
    if (note !== undefined) this.#note(writer, note);
    writer.writeBytes(this.#staticFields);
    if (writer.position === start) writer.writeByte(OPEN);
    else writer.buffer[start] = OPEN;
    writer.writeByte(CLOSE);
  };

  #head(record: ReadableLogRecord, writer: ByteWriter): void {
    const time = normalTime(record.hrTime);
    const observed = normalTime(record.hrTimeObserved);
    if (time !== undefined) this.#timestamp(writer, TIMESTAMP, time);
    if (observed !== undefined && !isSameTime(time, observed)) {
      this.#timestamp(writer, OBSERVED_TIMESTAMP, observed);
    }
    const severity: unknown = record.severityNumber;
    if (isNumber(severity)) this.#number(writer, SEVERITY_NUMBER, severity);
    this.#text(writer, SEVERITY_TEXT, record.severityText);
    this.#text(writer, EVENT_NAME, record.eventName);
    const body: unknown = record.body;
    if (body !== undefined && typeof body !== 'function' && typeof body !== 'symbol') {
      writer.writeReady(BODY);
      this.#fields.writeValue(writer, body);
    }
  }

  #context(record: ReadableLogRecord, writer: ByteWriter): void {
    const context = record.spanContext;
    if (!isObject(context)) return;
    const start = writer.position;
    writer.writeReady(TRACE_ID);
    const hasTraceId = writeTraceId(writer, context.traceId);
    writer.writeReady(SPAN_ID);
    if (hasTraceId && writeSpanId(writer, context.spanId)) {
      writer.writeReady(TRACE_FLAGS);
      writeTraceFlags(writer, context.traceFlags);
      writer.writeByte(QUOTE);
    } else {
      // Half a trace context would only mislead a search.
      writer.position = start;
    }
  }

  #origin(record: ReadableLogRecord, writer: ByteWriter): void {
    const resource: unknown = record.resource;
    if (isObject(resource)) {
      const known = this.#resources.find(resource);
      if (known === undefined) this.#resource(resource, writer);
      else writer.writeBytes(known);
    }
    const scope: unknown = record.instrumentationScope;
    if (isObject(scope)) {
      const known = this.#scopes.find(scope);
      if (known === undefined) this.#scope(scope, writer);
      else writer.writeBytes(known);
    }
  }

  #resource(resource: object, writer: ByteWriter): void {
    const start = writer.position;
    const attributes = readProperty(resource, 'attributes');
    if (isObject(attributes)) this.#fields.writeMap(writer, RESOURCE, attributes);
    // While detectors are at work the attributes of the next record may be others.
    if (readProperty(resource, 'asyncAttributesPending') !== true) {
      this.#resources.keep(resource, writer.copy(start));
    }
  }

  #scope(scope: object, writer: ByteWriter): void {
    const start = writer.position;
    const attributes = readProperty(scope, 'attributes');
    const hasAttributes = isObject(attributes) && ownKeys(attributes).length > 0;
    this.#fields.writeMap(writer, SCOPE, {
      name: textOrNone(readProperty(scope, 'name')),
      version: textOrNone(readProperty(scope, 'version')),
      schema_url: textOrNone(readProperty(scope, 'schemaUrl')),
      attributes: hasAttributes ? attributes : undefined,
    });
    this.#scopes.keep(scope, writer.copy(start));
  }

  #note(writer: ByteWriter, note: EncodingNote): void {
    for (const [key, value] of noteFields(note)) {
      this.#fields.keys.write(writer, key);
      this.#fields.writeValue(writer, value);
    }
  }

  #timestamp(writer: ByteWriter, key: ReadyBytes, time: HrTime): void {
    writer.writeReady(key);
    this.#time.write(writer, time);
    writer.writeByte(QUOTE);
  }

  #number(writer: ByteWriter, key: ReadyBytes, value: number): void {
    writer.writeReady(key);
    writeJsonNumber(writer, value);
  }

  #text(writer: ByteWriter, key: ReadyBytes, text: unknown): void {
    if (typeof text !== 'string' || text.length === 0) return;
    writer.writeReady(key);
    writeJsonString(writer, text);
  }
}

function isObject<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function textOrNone(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 0 ? value : undefined;
}
