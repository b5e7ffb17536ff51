import { bigintText } from './bigint-text.ts';
import type { ByteWriter } from './byte-writer.ts';
import { writeJsonNumber } from './json-number.ts';
import { writeJsonString } from './json-string.ts';
import { writeBase64 } from './json-value-sink.ts';
import type { KeyCache } from './key-cache.ts';
import { ReadyBytes } from './ready-bytes.ts';
import type { ValueSink } from './value-walker.ts';

const COMMA = 0x2c;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const MIN_INT64 = -(1n << 63n);
const MAX_INT64 = (1n << 63n) - 1n;

const STRING = ReadyBytes.ofText('{"stringValue":');
const INT = ReadyBytes.ofText('{"intValue":"');
const DOUBLE = ReadyBytes.ofText('{"doubleValue":');
const TRUE = ReadyBytes.ofText('{"boolValue":true}');
const FALSE = ReadyBytes.ofText('{"boolValue":false}');
const EMPTY = ReadyBytes.ofText('{}');
const BYTES = ReadyBytes.ofText('{"bytesValue":');
const ARRAY = ReadyBytes.ofText('{"arrayValue":{"values":[');
const MAP = ReadyBytes.ofText('{"kvlistValue":{"values":[');
const END_OF_CONTAINER = ReadyBytes.ofText(']}}');
const KEY = ReadyBytes.ofText('{"key":');
const VALUE = ReadyBytes.ofText(',"value":');

/**
 * AnyValue in OTLP/JSON (OTLP specification, "JSON Protobuf Encoding"): 64-bit integers are decimal
 * strings, bytes base64, and a value that is null has no member at all.
 */
export class OtlpValueSink implements ValueSink {
  writer: ByteWriter;
  readonly #keys: KeyCache;

  constructor(writer: ByteWriter, keys: KeyCache) {
    this.writer = writer;
    this.#keys = keys;
  }

  string(text: string): void {
    writeOtlpText(this.writer, text);
  }

  number(value: number): void {
    const isInt = Number.isSafeInteger(value) && !Object.is(value, -0);
    this.writer.writeReady(isInt ? INT : DOUBLE);
    writeJsonNumber(this.writer, value);
    if (isInt) this.writer.writeByte(QUOTE);
    this.writer.writeByte(CLOSE);
  }

  boolean(value: boolean): void {
    this.writer.writeReady(value ? TRUE : FALSE);
  }

  null(): void {
    this.writer.writeReady(EMPTY);
  }

  bigint(value: bigint): void {
    if (value < MIN_INT64 || value > MAX_INT64) {
      this.string(bigintText(value));
    } else {
      this.writer.writeReady(INT);
      this.writer.writeLatin1(value.toString());
      this.writer.writeByte(QUOTE);
      this.writer.writeByte(CLOSE);
    }
  }

  bytes(value: Uint8Array): void {
    this.writer.writeReady(BYTES);
    writeBase64(this.writer, value);
    this.writer.writeByte(CLOSE);
  }

  beginArray(): number {
    this.writer.writeReady(ARRAY);
    return 0;
  }

  element(index: number): void {
    if (index > 0) this.writer.writeByte(COMMA);
  }

  endArray(): void {
    this.writer.writeReady(END_OF_CONTAINER);
  }

  beginObject(): number {
    this.writer.writeReady(MAP);
    return 0;
  }

  key(name: string, index: number): boolean {
    const { position } = this.writer;
    if (index > 0) {
      this.writer.writeByte(CLOSE);
      this.writer.writeByte(COMMA);
    }
    const isWritten = this.#keys.write(this.writer, name);
    if (!isWritten) this.writer.position = position;
    return isWritten;
  }

  endObject(_token: number, length: number): void {
    if (length > 0) this.writer.writeByte(CLOSE);
    this.writer.writeReady(END_OF_CONTAINER);
  }
}

/** Writes a KeyValue up to its value. */
export function writeOtlpKey(writer: ByteWriter, key: string): void {
  writer.writeReady(KEY);
  writeJsonString(writer, key);
  writer.writeReady(VALUE);
}

/** Writes the AnyValue of a text. */
export function writeOtlpText(writer: ByteWriter, text: string): void {
  writer.writeReady(STRING);
  writeJsonString(writer, text);
  writer.writeByte(CLOSE);
}
