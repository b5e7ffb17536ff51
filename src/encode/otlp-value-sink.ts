import { bigintText } from './bigint-text.ts';
import type { ByteWriter } from './byte-writer.ts';
import { writeJsonNumber } from './json-number.ts';
import { writeJsonString } from './json-string.ts';
import { writeBase64 } from './json-value-sink.ts';
import type { ValueSink } from './value-walker.ts';

const COMMA = 0x2c;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const MIN_INT64 = -(1n << 63n);
const MAX_INT64 = (1n << 63n) - 1n;

const STRING = Buffer.from('{"stringValue":');
const INT = Buffer.from('{"intValue":"');
const DOUBLE = Buffer.from('{"doubleValue":');
const TRUE = Buffer.from('{"boolValue":true}');
const FALSE = Buffer.from('{"boolValue":false}');
const EMPTY = Buffer.from('{}');
const BYTES = Buffer.from('{"bytesValue":');
const ARRAY = Buffer.from('{"arrayValue":{"values":[');
const MAP = Buffer.from('{"kvlistValue":{"values":[');
const END_OF_CONTAINER = Buffer.from(']}}');
const KEY = Buffer.from('{"key":');
const VALUE = Buffer.from(',"value":');

/**
 * AnyValue in OTLP/JSON (OTLP specification, "JSON Protobuf Encoding"): 64-bit integers are decimal
 * strings, bytes base64, and a value that is null has no member at all.
 */
export class OtlpValueSink implements ValueSink {
  writer: ByteWriter;

  constructor(writer: ByteWriter) {
    this.writer = writer;
  }

  string(text: string): void {
    this.writer.writeBytes(STRING);
    writeJsonString(this.writer, text);
    this.writer.writeByte(CLOSE);
  }

  number(value: number): void {
    const isInt = Number.isSafeInteger(value) && !Object.is(value, -0);
    this.writer.writeBytes(isInt ? INT : DOUBLE);
    writeJsonNumber(this.writer, value);
    if (isInt) this.writer.writeByte(QUOTE);
    this.writer.writeByte(CLOSE);
  }

  boolean(value: boolean): void {
    this.writer.writeBytes(value ? TRUE : FALSE);
  }

  null(): void {
    this.writer.writeBytes(EMPTY);
  }

  bigint(value: bigint): void {
    if (value < MIN_INT64 || value > MAX_INT64) {
      this.string(bigintText(value));
    } else {
      this.writer.writeBytes(INT);
      this.writer.writeLatin1(value.toString());
      this.writer.writeByte(QUOTE);
      this.writer.writeByte(CLOSE);
    }
  }

  bytes(value: Uint8Array): void {
    this.writer.writeBytes(BYTES);
    writeBase64(this.writer, value);
    this.writer.writeByte(CLOSE);
  }

  beginArray(): number {
    this.writer.writeBytes(ARRAY);
    return 0;
  }

  element(index: number): void {
    if (index > 0) this.writer.writeByte(COMMA);
  }

  endArray(): void {
    this.writer.writeBytes(END_OF_CONTAINER);
  }

  beginObject(): number {
    this.writer.writeBytes(MAP);
    return 0;
  }

  key(name: string, index: number): void {
    if (index > 0) {
      this.writer.writeByte(CLOSE);
      this.writer.writeByte(COMMA);
    }
    this.writer.writeBytes(KEY);
    writeJsonString(this.writer, name);
    this.writer.writeBytes(VALUE);
  }

  endObject(_token: number, length: number): void {
    if (length > 0) this.writer.writeByte(CLOSE);
    this.writer.writeBytes(END_OF_CONTAINER);
  }
}
