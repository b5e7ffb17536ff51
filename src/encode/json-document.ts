import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isObject } from '../is-object.ts';
import type { ByteWriter } from './byte-writer.ts';
import { cutFields, tellsOfCuts } from './cut-fields.ts';
import { JsonFields } from './json-fields.ts';
import { writeJsonNumber } from './json-number.ts';
import { type JsonQuoting, readyJson } from './json-quoting.ts';
import { type ContextFields, KnownContexts } from './known-contexts.ts';
import { KnownOrigins } from './known-origins.ts';
import { KnownSequences } from './known-sequences.ts';
import { KnownSeverities } from './known-severities.ts';
import type { EncodingNote } from './log-record-encoder.ts';
import { type NormalTime, readTime } from './normal-time.ts';
import type { ReadyBytes } from './ready-bytes.ts';
import { Rfc3339Time } from './rfc3339-time.ts';
import { writeSpanId, writeTraceFlags, writeTraceId } from './trace-context.ts';

const OPEN = 0x7b;
const CLOSE = 0x7d;

/** The fields of a document, up to their values, as one way of quoting has them. */
type FieldNames = ReturnType<typeof fieldNames>;

/** Every field begins with the comma that parts it from the one before; the first one becomes the brace. */
function fieldNames(quoting: JsonQuoting) {
  const ready = (json: string): ReadyBytes => readyJson(json, quoting);
  return {
    quote: ready('"'),
    severityNumber: ready(',"severity_number":'),
    severityText: ready(',"severity_text":'),
    eventName: ready(',"event_name":'),
    body: ready(',"body":'),
    traceId: ready(',"trace_id":"'),
    spanId: ready('","span_id":"'),
    traceFlags: ready('","trace_flags":"'),
    attributes: ready(',"attributes":'),
    droppedAttributes: ready(',"dropped_attributes_count":'),
    sequenceId: ready(',"sequence":{"id":'),
    sequenceNumber: ready(',"number":'),
  };
}

/** Writes records as JSON documents that are quoted in one way. */
export class JsonDocument {
  readonly #quoting: JsonQuoting;
  readonly #names: FieldNames;
  readonly #fields: JsonFields;
  /** One for all records: they are written one after the other. */
  readonly #time: NormalTime = { seconds: 0, nanos: 0 };
  readonly #timestamps: Rfc3339Time;
  readonly #observedTimestamps: Rfc3339Time;
  readonly #severities = new KnownSeverities((...args) => this.#writeSeverity(...args));
  readonly #sequences = new KnownSequences((writer, id) => this.#writeSequenceHead(writer, id));
  readonly #contexts = new KnownContexts((writer, context) => this.#writeContext(writer, context));
  readonly #origins: KnownOrigins;
  readonly #staticFields: ReadyBytes;

  /** @param staticFields JSON of the fields at the end of each record, each with a comma before it. */
  constructor(writer: ByteWriter, staticFields: string, quoting: JsonQuoting) {
    this.#quoting = quoting;
    this.#names = fieldNames(quoting);
    this.#fields = new JsonFields(writer, quoting);
    this.#timestamps = new Rfc3339Time(quoting, ',"timestamp":"');
    this.#observedTimestamps = new Rfc3339Time(quoting, ',"observed_timestamp":"');
    const resource = readyJson(',"resource":', quoting);
    const scope = readyJson(',"scope":', quoting);
    this.#origins = new KnownOrigins({
      resource: (writer, attributes) => this.#fields.writeMap(writer, resource, attributes),
      scope: (writer, fields) => this.#fields.writeMap(writer, scope, fields),
    });
    this.#staticFields = readyJson(staticFields, quoting);
  }

  readonly write = (
    record: ReadableLogRecord,
    writer: ByteWriter,
    note: EncodingNote | undefined,
  ): void => {
    const names = this.#names;
    const start = writer.position;
    this.#head(record, writer);
    const context: unknown = record.spanContext;
    if (isObject(context)) this.#contexts.write(writer, context);
    const attributes: unknown = record.attributes;
    if (isObject(attributes)) this.#fields.writeMap(writer, names.attributes, attributes);
    this.#origins.write(record, writer);
    const dropped: unknown = record.droppedAttributesCount;
    if (isNumber(dropped) && dropped !== 0) this.#number(writer, names.droppedAttributes, dropped);
    if (note !== undefined) this.#note(writer, note);
    writer.writeReady(this.#staticFields);
    if (writer.position === start) writer.writeByte(OPEN);
    else writer.buffer[start] = OPEN;
    writer.writeByte(CLOSE);
  };

  #head(record: ReadableLogRecord, writer: ByteWriter): void {
    this.#times(record, writer);
    this.#severities.write(writer, record.severityNumber, record.severityText);
    this.#text(writer, this.#names.eventName, record.eventName);
    const body: unknown = record.body;
    if (body !== undefined && typeof body !== 'function' && typeof body !== 'symbol') {
      writer.writeReady(this.#names.body);
      this.#fields.writeValue(writer, body);
    }
  }

  #writeSeverity(writer: ByteWriter, number: unknown, text: unknown): number {
    const start = writer.position;
    if (isNumber(number)) this.#number(writer, this.#names.severityNumber, number);
    const middle = writer.position;
    this.#text(writer, this.#names.severityText, text);
    return Number(middle > start) + Number(writer.position > middle);
  }

  #writeContext(writer: ByteWriter, { spanId, traceFlags, traceId }: ContextFields): boolean {
    writer.writeReady(this.#names.traceId);
    if (!writeTraceId(writer, traceId)) return false;
    writer.writeReady(this.#names.spanId);
    if (!writeSpanId(writer, spanId)) return false;
    writer.writeReady(this.#names.traceFlags);
    writeTraceFlags(writer, traceFlags);
    writer.writeReady(this.#names.quote);
    return true;
  }

  #note(writer: ByteWriter, note: EncodingNote): void {
    if (tellsOfCuts(note)) this.#cuts(writer, note);
    if (note.sequence === undefined) return;
    this.#sequences.writeHead(writer, note.sequence);
    writeJsonNumber(writer, note.sequence.number, this.#quoting);
    writer.writeByte(CLOSE);
  }

  #cuts(writer: ByteWriter, note: EncodingNote): void {
    for (const [key, value] of cutFields(note)) {
      this.#fields.keys.write(writer, key);
      this.#fields.writeValue(writer, value);
    }
  }

  #writeSequenceHead(writer: ByteWriter, id: string): void {
    writer.writeReady(this.#names.sequenceId);
    this.#quoting.writeString(writer, id);
    writer.writeReady(this.#names.sequenceNumber);
  }

  #times(record: ReadableLogRecord, writer: ByteWriter): void {
    const time = this.#time;
    const hasTime = readTime(record.hrTime, time);
    const { nanos, seconds } = time;
    if (hasTime) this.#timestamp(writer, this.#timestamps, seconds, nanos);
    if (!readTime(record.hrTimeObserved, time)) return;
    if (hasTime && time.seconds === seconds && time.nanos === nanos) return;
    this.#timestamp(writer, this.#observedTimestamps, time.seconds, time.nanos);
  }

  #timestamp(writer: ByteWriter, times: Rfc3339Time, seconds: number, nanos: number): void {
    times.write(writer, seconds, nanos);
    writer.writeReady(this.#names.quote);
  }

  #number(writer: ByteWriter, key: ReadyBytes, value: number): void {
    writer.writeReady(key);
    writeJsonNumber(writer, value);
  }

  #text(writer: ByteWriter, key: ReadyBytes, text: unknown): void {
    if (typeof text !== 'string' || text.length === 0) return;
    writer.writeReady(key);
    this.#quoting.writeString(writer, text);
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
