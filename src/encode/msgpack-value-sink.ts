import { bigintText } from './bigint-text.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { KeyCache } from './key-cache.ts';
import { writeMsgpackString } from './msgpack-string.ts';
import type { ValueSink } from './value-walker.ts';

const NIL = 0xc0;
const FALSE = 0xc2;
const TRUE = 0xc3;
const MIN_INT64 = -(1n << 63n);
const MAX_INT64 = (1n << 63n) - 1n;

/**
 * MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md): bytes as bin, BigInt as int64.
 *
 * Numbers of more than 32 bits are floats, exact as they are in JavaScript; so an int64 is always a BigInt.
 */
export class MsgpackValueSink implements ValueSink {
  writer: ByteWriter;
  readonly #keys: KeyCache;

  constructor(writer: ByteWriter, keys: KeyCache) {
    this.writer = writer;
    this.#keys = keys;
  }

  string(text: string): void {
    writeMsgpackString(this.writer, text);
  }

  number(value: number): void {
    const writer = this.writer;
    writer.ensure(9);
    if (
      Number.isInteger(value) &&
      value >= -0x80000000 &&
      value <= 0xffffffff &&
      !Object.is(value, -0)
    ) {
      writer.position = writeInteger(writer.buffer, writer.position, value);
    } else {
      writer.buffer[writer.position] = 0xcb;
      writer.position = writer.buffer.writeDoubleBE(value, writer.position + 1);
    }
  }

  boolean(value: boolean): void {
    this.writer.writeByte(value ? TRUE : FALSE);
  }

  null(): void {
    this.writer.writeByte(NIL);
  }

  bigint(value: bigint): void {
    if (value < MIN_INT64 || value > MAX_INT64) {
      writeMsgpackString(this.writer, bigintText(value));
      return;
    }
    const writer = this.writer;
    writer.ensure(9);
    writer.buffer[writer.position] = 0xd3;
    writer.position = writer.buffer.writeBigInt64BE(value, writer.position + 1);
  }

  bytes(value: Uint8Array): void {
    writeLength(this.writer, value.length, 0xc4, 0xc5, 0xc6);
    this.writer.writeBytes(value);
  }

  beginArray(maxLength: number): number {
    return writeContainer(this.writer, maxLength, 0x90, 0xdc);
  }

  element(): void {}

  endArray(token: number, length: number): void {
    setContainerLength(this.writer, token, length, 0x90);
  }

  beginObject(maxLength: number): number {
    return writeContainer(this.writer, maxLength, 0x80, 0xde);
  }

  key(name: string): void {
    this.#keys.write(this.writer, name);
  }

  endObject(token: number, length: number): void {
    setContainerLength(this.writer, token, length, 0x80);
  }
}

function writeInteger(buffer: Buffer, start: number, value: number): number {
  if (value >= 0) {
    if (value < 0x80) return buffer.writeUInt8(value, start);
    if (value <= 0xff) return buffer.writeUInt8(value, buffer.writeUInt8(0xcc, start));
    if (value <= 0xffff) return buffer.writeUInt16BE(value, buffer.writeUInt8(0xcd, start));
    return buffer.writeUInt32BE(value, buffer.writeUInt8(0xce, start));
  }
  if (value >= -0x20) return buffer.writeInt8(value, start);
  if (value >= -0x80) return buffer.writeInt8(value, buffer.writeUInt8(0xd0, start));
  if (value >= -0x8000) return buffer.writeInt16BE(value, buffer.writeUInt8(0xd1, start));
  return buffer.writeInt32BE(value, buffer.writeUInt8(0xd2, start));
}

function writeLength(
  writer: ByteWriter,
  length: number,
  one: number,
  two: number,
  four: number,
): void {
  writer.ensure(5);
  const { buffer, position } = writer;
  if (length <= 0xff) {
    buffer[position] = one;
    writer.position = buffer.writeUInt8(length, position + 1);
  } else if (length <= 0xffff) {
    buffer[position] = two;
    writer.position = buffer.writeUInt16BE(length, position + 1);
  } else {
    buffer[position] = four;
    writer.position = buffer.writeUInt32BE(length, position + 1);
  }
}

/** Writes a header wide enough for `maxLength`; the true length is set afterwards, at the answered position. */
function writeContainer(writer: ByteWriter, maxLength: number, fix: number, wide: number): number {
  writer.ensure(5);
  const start = writer.position;
  if (maxLength < 16) {
    writer.buffer[start] = fix;
    writer.position = start + 1;
  } else if (maxLength <= 0xffff) {
    writer.buffer[start] = wide;
    writer.position = start + 3;
  } else {
    writer.buffer[start] = wide + 1;
    writer.position = start + 5;
  }
  return start;
}

function setContainerLength(writer: ByteWriter, start: number, length: number, fix: number): void {
  const { buffer } = writer;
  const header = buffer[start] ?? 0;
  if ((header & 0xf0) === fix) buffer[start] = fix | length;
  else if ((header & 1) === 0) buffer.writeUInt16BE(length, start + 1);
  else buffer.writeUInt32BE(length, start + 1);
}
