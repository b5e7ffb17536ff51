import { bigintText } from './bigint-text.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { KeyCache } from './key-cache.ts';
import {
  beginMsgpackArray,
  beginMsgpackMap,
  endMsgpackArray,
  endMsgpackMap,
} from './msgpack-container.ts';
import { writeMsgpackNumber } from './msgpack-number.ts';
import { writeMsgpackString } from './msgpack-string.ts';
import type { ValueSink } from './value-walker.ts';

export const NIL = 0xc0;
export const FALSE = 0xc2;
export const TRUE = 0xc3;
const MIN_INT64 = -(1n << 63n);
const MAX_INT64 = (1n << 63n) - 1n;

/**
 * MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md): bytes as bin, BigInt as int64, which
 * a number never is.
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
    writeMsgpackNumber(this.writer, value);
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
    return beginMsgpackArray(this.writer, maxLength);
  }

  element(): void {}

  endArray(token: number, length: number): void {
    endMsgpackArray(this.writer, token, length);
  }

  beginObject(maxLength: number): number {
    return beginMsgpackMap(this.writer, maxLength);
  }

  key(name: string): boolean {
    return this.#keys.write(this.writer, name);
  }

  endObject(token: number, length: number): void {
    endMsgpackMap(this.writer, token, length);
  }
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
