import { isUtf8 } from 'node:buffer';
import type { HrTime } from '@opentelemetry/api';
import { setOwnProperty } from '../encode/own-property.ts';
import {
  BYTES_A_BINARY,
  BYTES_A_CONTAINER,
  BYTES_A_TEXT,
  BYTES_A_VALUE,
} from './approximate-bytes.ts';

const MAX_DEPTH = 1_024;
const TIMESTAMP_EXTENSION = -1;
const TWO_TO_32 = 2 ** 32;

/** More bytes are needed to finish the value. */
export const INCOMPLETE_MSGPACK: unique symbol = Symbol('incomplete MessagePack');

/** A value of the timestamp extension. */
export class MsgpackTime {
  readonly hrTime: HrTime;

  constructor(hrTime: HrTime) {
    this.hrTime = hrTime;
  }
}

/** Reads MessagePack values; throws `INCOMPLETE_MSGPACK` or an error for bytes that are none. */
export class MsgpackReader {
  readonly #bytes: Buffer;
  /** What the values may still hold in memory: that of a byte may be a hundred bytes. */
  #roomBytes: number;
  position = 0;

  constructor(bytes: Buffer, maxHeldBytes: number = Number.POSITIVE_INFINITY) {
    this.#bytes = bytes;
    this.#roomBytes = maxHeldBytes;
  }

  value(depth = 0): unknown {
    this.#hold(BYTES_A_VALUE);
    if (depth > MAX_DEPTH) throw new Error('Containers nested too deep');
    const start = this.#take(1);
    const type = this.#bytes[start] ?? 0;
    if (type < 0x80) return type;
    if (type < 0x90) return this.#map(type & 0x0f, depth);
    if (type < 0xa0) return this.#array(type & 0x0f, depth);
    if (type < 0xc0) return this.#string(type & 0x1f);
    if (type >= 0xe0) return type - 0x100;
    return this.#typed(type, depth);
  }

  #typed(type: number, depth: number): unknown {
    const bytes = this.#bytes;
    switch (type) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.#binary(this.#length(type - 0xc4));
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(this.#length(type - 0xc7));
      case 0xca:
        return bytes.readFloatBE(this.#take(4));
      case 0xcb:
        return bytes.readDoubleBE(this.#take(8));
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#length(type - 0xcc);
      case 0xcf:
        return bytes.readBigUInt64BE(this.#take(8));
      case 0xd0:
        return bytes.readInt8(this.#take(1));
      case 0xd1:
        return bytes.readInt16BE(this.#take(2));
      case 0xd2:
        return bytes.readInt32BE(this.#take(4));
      case 0xd3:
        return bytes.readBigInt64BE(this.#take(8));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#extension(2 ** (type - 0xd4));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#string(this.#length(type - 0xd9));
      case 0xdc:
      case 0xdd:
        return this.#array(this.#length(type - 0xdb), depth);
      case 0xde:
      case 0xdf:
        return this.#map(this.#length(type - 0xdd), depth);
      default:
        throw new Error(`A byte that begins no value: 0x${type.toString(16)}`);
    }
  }

  /** An unsigned integer of 2^power bytes. */
  #length(power: number): number {
    if (power === 0) return this.#bytes.readUInt8(this.#take(1));
    if (power === 1) return this.#bytes.readUInt16BE(this.#take(2));
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  #hold(bytes: number): void {
    this.#roomBytes -= bytes;
    if (this.#roomBytes < 0) throw new RangeError('Too many values');
  }

  #take(count: number): number {
    const start = this.position;
    if (start + count > this.#bytes.length) throw INCOMPLETE_MSGPACK;
    this.position = start + count;
    return start;
  }

  #string(length: number): string {
    const start = this.#take(length);
    this.#hold(BYTES_A_TEXT + length);
    const bytes = this.#bytes.subarray(start, start + length);
    // A length that damage made too large runs into the next record, and that is no UTF-8.
    if (!isUtf8(bytes)) throw new Error('A string that is no UTF-8');
    return bytes.toString('utf8');
  }

  #binary(length: number): Uint8Array {
    const start = this.#take(length);
    this.#hold(BYTES_A_BINARY + length);
    return new Uint8Array(this.#bytes.subarray(start, start + length));
  }

  #array(length: number, depth: number): unknown[] {
    this.#hold(BYTES_A_CONTAINER);
    const items: unknown[] = [];
    for (let index = 0; index < length; index++) items.push(this.value(depth + 1));
    return items;
  }

  #map(length: number, depth: number): Record<string, unknown> {
    this.#hold(BYTES_A_CONTAINER);
    const fields: Record<string, unknown> = {};
    for (let index = 0; index < length; index++) {
      const key = this.value(depth + 1);
      if (typeof key !== 'string') throw new Error('A key that is no string');
      setOwnProperty(fields, key, this.value(depth + 1));
    }
    return fields;
  }

  #extension(length: number): unknown {
    const type = this.#bytes.readInt8(this.#take(1));
    const data = this.#binary(length);
    return type === TIMESTAMP_EXTENSION ? new MsgpackTime(timeOf(Buffer.from(data))) : data;
  }
}

function timeOf(data: Buffer): HrTime {
  if (data.length === 4) return [data.readUInt32BE(0), 0];
  if (data.length === 8) {
    const high = data.readUInt32BE(0);
    return [(high & 3) * TWO_TO_32 + data.readUInt32BE(4), high >>> 2];
  }
  if (data.length === 12) return [Number(data.readBigInt64BE(4)), data.readUInt32BE(0)];
  throw new Error(`A timestamp of ${data.length} bytes`);
}
