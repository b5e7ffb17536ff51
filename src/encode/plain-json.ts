import { types } from 'node:util';
import type { ByteWriter } from './byte-writer.ts';
import { isPlainObject } from './is-plain-object.ts';
import { FALSE, NULL, TRUE } from './json-literals.ts';
import { writeJsonNumber } from './json-number.ts';
import type { JsonQuoting } from './json-quoting.ts';
import type { KeyCache } from './key-cache.ts';
import { PlainLane } from './plain-lane.ts';
import { simplifyValue } from './simplify-object.ts';
import { uniqueKeys } from './unique-keys.ts';
import { throwsMarker } from './value-markers.ts';
import { hasValue, type ValueWalker } from './value-walker.ts';

const COMMA = 0x2c;

/**
 * Writes values as applications nearly always log them: trees of plain objects, arrays, strings, numbers
 * and booleans. What is anything else, it hands to the walker, so that all of them come out the same.
 */
export class PlainJson {
  readonly #keys: KeyCache;
  readonly #lane: PlainLane;
  readonly #quoting: JsonQuoting;

  constructor(keys: KeyCache, walker: ValueWalker, quoting: JsonQuoting) {
    this.#keys = keys;
    this.#quoting = quoting;
    this.#lane = new PlainLane(walker, true);
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
        this.#quoting.writeString(writer, value);
        return true;
      case 'number':
        if (!lane.takes(1)) return false;
        writeJsonNumber(writer, value, this.#quoting);
        return true;
      case 'boolean':
        if (!lane.takes(1)) return false;
        writer.writeReady(value ? TRUE : FALSE);
        return true;
      case 'object':
        if (value === null) {
          if (!lane.takes(1)) return false;
          writer.writeReady(NULL);
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
    writer.writeByte(0x5b);
    for (let index = 0; index < length && !lane.isExhausted; index++) {
      if (index > 0) writer.writeByte(COMMA);
      let item: unknown;
      try {
        item = items[index];
      } catch (error) {
        item = throwsMarker(error);
      }
      this.#value(writer, item);
    }
    writer.writeByte(0x5d);
    lane.leave();
    return true;
  }

  #isObjectWritten(writer: ByteWriter, source: Record<string, unknown>): boolean {
    const lane = this.#lane;
    if (!lane.enter(source)) return false;
    const keys = Object.keys(source);
    const open = writer.position;
    let names: readonly string[] = keys;
    for (let index = 0; index < keys.length && !lane.isExhausted; index++) {
      const key = keys[index] ?? '';
      let value: unknown;
      try {
        value = source[key];
      } catch (error) {
        value = throwsMarker(error);
      }
      const { nestingBytes, position } = writer;
      if (!this.#keys.write(writer, names[index] ?? key)) {
        names = uniqueKeys(keys);
        this.#keys.write(writer, names[index] ?? key);
      }
      const keyUnits = key.length >>> 6;
      lane.charge(keyUnits);
      if (this.#isWritten(writer, value)) continue;
      const simple = simplifyValue(value);
      if (hasValue(simple)) {
        lane.hand(value, simple);
      } else {
        writer.undoTo(position, nestingBytes);
        if (!lane.skip(keyUnits)) break;
      }
    }
    if (writer.position === open) writer.writeByte(0x7b);
    else writer.buffer[open] = 0x7b;
    writer.writeByte(0x7d);
    lane.leave();
    return true;
  }
}
