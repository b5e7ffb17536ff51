import type { HrTime } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { ByteWriter } from './byte-writer.ts';
import { EncodedOnce } from './encoded-once.ts';
import type { EncodingNote, RecordWriter } from './log-record-encoder.ts';
import { MsgpackFields } from './msgpack-fields.ts';
import { writeMsgpackTime } from './msgpack-time.ts';
import { sameTime } from './normal-time.ts';
import { noteFields } from './note-fields.ts';
import { ownKeys, readProperty } from './own-property.ts';
import { staticCopy } from './static-copy.ts';
import { checkStaticFields, RECORD_FIELDS } from './static-fields.ts';
import { flagsText, isValidContext } from './trace-context.ts';
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

class MsgpackEncoder implements RecordWriter {
  readonly name = 'msgpack';
  readonly contentType = 'application/vnd.msgpack';
  readonly isText = false;
  readonly #own = new ByteWriter();
  readonly #fields = new MsgpackFields(this.#own);
  readonly #resources = new EncodedOnce<object>();
  readonly #scopes = new EncodedOnce<object>();
  readonly #staticFields: Readonly<Record<string, unknown>>;
  readonly #staticCount: number;
  #count = 0;

  constructor(staticFields: Readonly<Record<string, unknown>>) {
    this.#staticFields = staticCopy(staticFields);
    this.#staticCount = Object.keys(this.#staticFields).length;
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
    const fields = this.#fields;
    const map = fields.begin(
      writer,
      this.#staticCount + (note === undefined ? OWN_FIELDS : ALL_FIELDS),
    );
    this.#count = 0;
    this.#time(writer, 'timestamp', record.hrTime);
    if (!sameTime(record.hrTime, record.hrTimeObserved)) {
      this.#time(writer, 'observed_timestamp', record.hrTimeObserved);
    }
    this.#number(writer, 'severity_number', record.severityNumber);
    this.#text(writer, 'severity_text', record.severityText);
    this.#text(writer, 'event_name', record.eventName);
    this.#value(writer, 'body', record.body);
    if (isValidContext(record.spanContext)) {
      const { traceId, spanId, traceFlags } = record.spanContext;
      this.#text(writer, 'trace_id', traceId.toLowerCase());
      this.#text(writer, 'span_id', spanId.toLowerCase());
      this.#text(writer, 'trace_flags', flagsText(traceFlags));
    }
    this.#map(writer, 'attributes', record.attributes);
    this.#shared(writer, this.#resources, record.resource, this.#resource);
    this.#shared(writer, this.#scopes, record.instrumentationScope, this.#scope);
    if (record.droppedAttributesCount !== 0) {
      this.#number(writer, 'dropped_attributes_count', record.droppedAttributesCount);
    }
    for (const [key, value] of note === undefined ? [] : noteFields(note)) {
      this.#value(writer, key, value);
    }
    for (const key of Object.keys(this.#staticFields)) {
      this.#value(writer, key, this.#staticFields[key]);
    }
    fields.end(writer, map, this.#count);
  };

  #time(writer: ByteWriter, key: string, time: HrTime): void {
    const start = writer.position;
    this.#fields.writeKey(writer, key);
    if (writeMsgpackTime(writer, time)) this.#count++;
    else writer.position = start;
  }

  #number(writer: ByteWriter, key: string, value: unknown): void {
    if (typeof value === 'number' && Number.isFinite(value)) this.#value(writer, key, value);
  }

  #text(writer: ByteWriter, key: string, text: unknown): void {
    if (typeof text === 'string' && text.length > 0) this.#value(writer, key, text);
  }

  #value(writer: ByteWriter, key: string, value: unknown): void {
    if (!hasValue(value)) return;
    this.#fields.writeKey(writer, key);
    this.#fields.writeValue(writer, value);
    this.#count++;
  }

  #map(writer: ByteWriter, key: string, map: unknown): void {
    if (!isObject(map)) return;
    const start = writer.position;
    this.#fields.writeKey(writer, key);
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
    this.#map(writer, 'resource', readProperty(resource, 'attributes'));
    // While detectors are at work the attributes of the next record may be others.
    return readProperty(resource, 'asyncAttributesPending') !== true;
  };

  readonly #scope = (writer: ByteWriter, scope: object): boolean => {
    const attributes = readProperty(scope, 'attributes');
    this.#map(writer, 'scope', {
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
