import { types } from 'node:util';
import type { ByteWriter } from './byte-writer.ts';
import { isPlainObject } from './is-plain-object.ts';
import type { KeyCache } from './key-cache.ts';
import {
  beginMsgpackArray,
  beginMsgpackMap,
  endMsgpackArray,
  endMsgpackMap,
} from './msgpack-container.ts';
import { writeMsgpackNumber } from './msgpack-number.ts';
import { writeMsgpackString } from './msgpack-string.ts';
import { FALSE, NIL, TRUE } from './msgpack-value-sink.ts';
import { PlainLane } from './plain-lane.ts';
import { simplifyValue } from './simplify-object.ts';
import { uniqueKeys } from './unique-keys.ts';
import { throwsMarker } from './value-markers.ts';
import { hasValue, type ValueWalker } from './value-walker.ts';

/**
 * Writes values as applications nearly always log them: trees of plain objects, arrays, strings, numbers
 * and booleans. What is anything else, it hands to the walker, so that all of them come out the same.
 */
export class PlainMsgpack {
  readonly #keys: KeyCache;
  readonly #lane: PlainLane;

  constructor(keys: KeyCache, walker: ValueWalker) {
    this.#keys = keys;
    this.#lane = new PlainLane(walker, false);
  }

  write(writer: ByteWriter, value: unknown): void {
    this.#lane.begin();
    this.#value(writer, value);
    this.#lane.end();
  }

  #value(writer: ByteWriter, value: unknown): void {
    if (!this.#isWritten(writer, value)) this.#lane.hand(value, simplifyValue(value));
  }

  #isWritten(writer: ByteWriter, value: unknown): boolean {
    const lane = this.#lane;
    switch (typeof value) {
      case 'string':
        if (!lane.takes(1 + (value.length >>> 6))) return false;
        writeMsgpackString(writer, value);
        return true;
      case 'number':
        if (!lane.takes(1)) return false;
        writeMsgpackNumber(writer, value);
        return true;
      case 'boolean':
        if (!lane.takes(1)) return false;
        writer.writeByte(value ? TRUE : FALSE);
        return true;
      case 'object':
        if (value === null) {
          if (!lane.takes(1)) return false;
          writer.writeByte(NIL);
          return true;
        }
        // The traps of a proxy answer what they like, or throw.
        if (types.isProxy(value)) return false;
        if (Array.isArray(value)) return this.#isArrayWritten(writer, value);
        return isPlainObject(value) && this.#isObjectWritten(writer, value);
      default:
        return false;
    }
  }

  #isArrayWritten(writer: ByteWriter, items: readonly unknown[]): boolean {
    const lane = this.#lane;
    if (!lane.enter(items)) return false;
    const length = items.length;
    const token = beginMsgpackArray(writer, length);
    let index = 0;
    for (; index < length && !lane.isExhausted; index++) {
      let item: unknown;
      try {
        item = items[index];
      } catch (error) {
        item = throwsMarker(error);
      }
      this.#value(writer, item);
    }
    endMsgpackArray(writer, token, index);
    lane.leave();
    return true;
  }

  #isObjectWritten(writer: ByteWriter, source: Record<string, unknown>): boolean {
    const lane = this.#lane;
    if (!lane.enter(source)) return false;
    const keys = Object.keys(source);
    const token = beginMsgpackMap(writer, keys.length);
    let count = 0;
    let names: readonly string[] = keys;
    for (let index = 0; index < keys.length && !lane.isExhausted; index++) {
      const key = keys[index] ?? '';
      let value: unknown;
      try {
        value = source[key];
      } catch (error) {
        value = throwsMarker(error);
      }
      const start = writer.position;
      if (!this.#keys.write(writer, names[index] ?? key)) {
        names = uniqueKeys(keys);
        this.#keys.write(writer, names[index] ?? key);
      }
      const keyUnits = key.length >>> 6;
      lane.charge(keyUnits);
      count++;
      if (this.#isWritten(writer, value)) continue;
      const simple = simplifyValue(value);
      if (hasValue(simple)) {
        lane.hand(value, simple);
      } else {
        writer.position = start;
        count--;
        if (!lane.skip(keyUnits)) break;
      }
    }
    endMsgpackMap(writer, token, count);
    lane.leave();
    return true;
  }
}
