import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isObject } from '../is-object.ts';
import { ByteWriter } from './byte-writer.ts';
import { EncodedOnce } from './encoded-once.ts';
import { ENCODINGS } from './encodings.ts';
import { writeJsonNumber } from './json-number.ts';
import { jsonStringBytes, writeJsonString } from './json-string.ts';
import type { EncodingNote, RecordWriter } from './log-record-encoder.ts';
import { noteAttributes } from './note-attributes.ts';
import { OtlpFields } from './otlp-fields.ts';
import { ownKeys, readProperty } from './own-property.ts';
import { staticCopy } from './static-copy.ts';
import { checkStaticFields } from './static-fields.ts';
import { flagsByte, isValidContext } from './trace-context.ts';
import { unixNanosText } from './unix-nanos.ts';
import { hasValue } from './value-walker.ts';
import { writeAnyRecord } from './write-any-record.ts';

const END = Buffer.from('}]}]}]}');

export interface OtlpJsonEncoderOptions {
  /** Extra attributes on every record; an attribute of the record wins over a static one of its name. */
  readonly staticFields?: Readonly<Record<string, unknown>>;
}

/** One `LogsData` of OTLP/JSON a record, on one line, as the OTLP file format has it. */
export function otlpJsonEncoder(options: OtlpJsonEncoderOptions = {}): RecordWriter {
  return new OtlpJsonEncoder(checkStaticFields(options.staticFields, []));
}

class OtlpJsonEncoder implements RecordWriter {
  readonly name = 'otlp-json';
  readonly contentType = ENCODINGS['otlp-json'].contentType;
  readonly isText = ENCODINGS['otlp-json'].isText;
  readonly #own = new ByteWriter();
  readonly #fields = new OtlpFields(this.#own);
  readonly #resources = new EncodedOnce<object>();
  readonly #scopes = new EncodedOnce<object>();
  readonly #staticFields: Readonly<Record<string, unknown>>;

  constructor(staticFields: Readonly<Record<string, unknown>>) {
    this.#staticFields = staticCopy(staticFields);
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
    this.#shared(writer, this.#resources, record.resource, this.#resource);
    this.#shared(writer, this.#scopes, record.instrumentationScope, this.#scope);
    // Each member begins with a comma; the brace of the record takes the place of the first.
    const open = writer.position;
    this.#text(writer, 'timeUnixNano', unixNanosText(record.hrTime));
    this.#text(writer, 'observedTimeUnixNano', unixNanosText(record.hrTimeObserved));
    this.#int32(writer, 'severityNumber', record.severityNumber);
    this.#text(writer, 'severityText', record.severityText);
    const body: unknown = record.body;
    if (hasValue(body)) {
      writer.writeLatin1(',"body":');
      this.#fields.writeValue(writer, body);
    }
    this.#attributes(writer, record.attributes, note);
    if (record.droppedAttributesCount !== 0) {
      this.#uint32(writer, 'droppedAttributesCount', record.droppedAttributesCount);
    }
    if (isValidContext(record.spanContext)) {
      const { traceId, spanId, traceFlags } = record.spanContext;
      this.#number(writer, 'flags', flagsByte(traceFlags));
      this.#text(writer, 'traceId', traceId.toLowerCase());
      this.#text(writer, 'spanId', spanId.toLowerCase());
    }
    this.#text(writer, 'eventName', record.eventName);
    if (writer.position === open) writer.writeByte(0x7b);
    else writer.buffer[open] = 0x7b;
    writer.writeBytes(END);
  };

  #attributes(writer: ByteWriter, attributes: unknown, note: EncodingNote | undefined): void {
    const start = writer.position;
    writer.writeLatin1(',"attributes":[');
    const own = isObject(attributes) ? attributes : {};
    const noted = note === undefined ? {} : noteAttributes(note);
    // Keys must be unique: a record that was noted once already keeps only its last note.
    let count = this.#fields.writeList(writer, own, 0, new Set(Object.keys(noted)));
    if (Object.keys(this.#staticFields).length > 0) {
      const taken = ownKeys(own);
      count = this.#fields.writeList(writer, this.#staticFields, count, new Set(taken));
    }
    count = this.#fields.writeList(writer, noted, count);
    if (count === 0) writer.position = start;
    else writer.writeByte(0x5d);
  }

  #shared(
    writer: ByteWriter,
    cache: EncodedOnce<object>,
    part: unknown,
    write: (writer: ByteWriter, part: object) => boolean,
  ): void {
    const known = isObject(part) ? cache.find(part) : undefined;
    const start = writer.position;
    if (known !== undefined) writer.writeBytes(known);
    else if (write(writer, isObject(part) ? part : {}) && isObject(part)) {
      cache.keep(part, writer.copy(start));
    }
  }

  readonly #resource = (writer: ByteWriter, resource: object): boolean => {
    writer.writeLatin1('{"resourceLogs":[{"resource":{');
    this.#list(writer, readProperty(resource, 'attributes'), '"attributes":[');
    writer.writeByte(0x7d);
    this.#text(writer, 'schemaUrl', readProperty(resource, 'schemaUrl'));
    writer.writeLatin1(',"scopeLogs":[');
    // While detectors are at work the attributes of the next record may be others.
    return readProperty(resource, 'asyncAttributesPending') !== true;
  };

  readonly #scope = (writer: ByteWriter, scope: object): boolean => {
    writer.writeLatin1('{"scope":');
    const open = writer.position;
    this.#text(writer, 'name', readProperty(scope, 'name'));
    this.#text(writer, 'version', readProperty(scope, 'version'));
    this.#list(writer, readProperty(scope, 'attributes'), ',"attributes":[');
    if (writer.position === open) writer.writeByte(0x7b);
    else writer.buffer[open] = 0x7b;
    writer.writeByte(0x7d);
    this.#text(writer, 'schemaUrl', readProperty(scope, 'schemaUrl'));
    writer.writeLatin1(',"logRecords":[');
    return true;
  };

  #list(writer: ByteWriter, attributes: unknown, prefix: string): void {
    if (!isObject(attributes)) return;
    const start = writer.position;
    writer.writeLatin1(prefix);
    if (this.#fields.writeList(writer, attributes, 0) === 0) writer.position = start;
    else writer.writeByte(0x5d);
  }

  #text(writer: ByteWriter, key: string, text: unknown): void {
    if (typeof text !== 'string' || text.length === 0) return;
    writer.writeLatin1(`,"${key}":`);
    writeJsonString(writer, text);
  }

  // A number that its field cannot hold is left out: for it a reader would refuse the whole request.
  #int32(writer: ByteWriter, key: string, value: unknown): void {
    if (typeof value === 'number' && (value | 0) === value) this.#number(writer, key, value);
  }

  #uint32(writer: ByteWriter, key: string, value: unknown): void {
    if (typeof value === 'number' && value >>> 0 === value) this.#number(writer, key, value);
  }

  #number(writer: ByteWriter, key: string, value: number): void {
    writer.writeLatin1(`,"${key}":`);
    writeJsonNumber(writer, value);
  }
}
