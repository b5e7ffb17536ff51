import type { ByteWriter } from './byte-writer.ts';
import { writeJsonNumber } from './json-number.ts';
import { writeJsonString } from './json-string.ts';
import { FALSE, NULL, TRUE } from './json-value-sink.ts';
import type { KeyCache } from './key-cache.ts';

const COMMA = 0x2c;
const MAX_DEPTH = 16;
const MAX_VALUES = 4_096;
/** Strings beyond may need more memory than there is; they are written under guard. */
const GIANT_CHARACTERS = 1_048_576;

/**
 * The fast lane for values as applications nearly always log them: small trees of plain objects, arrays,
 * strings, numbers and booleans.
 *
 * Gives up (false, or a throw from a getter) at whatever else: classes, cycles, depth, size. Then the caller
 * goes back to where it began and takes the careful way of `ValueWalker`.
 */
export class PlainJson {
  readonly #keys: KeyCache;
  #valuesLeft = 0;

  constructor(keys: KeyCache) {
    this.#keys = keys;
  }

  write(writer: ByteWriter, value: unknown): boolean {
    this.#valuesLeft = MAX_VALUES;
    return this.#value(writer, value, 0);
  }

  #value(writer: ByteWriter, value: unknown, depth: number): boolean {
    switch (typeof value) {
      case 'string':
        if (value.length > GIANT_CHARACTERS) return false;
        writeJsonString(writer, value);
        return true;
      case 'number':
        writeJsonNumber(writer, value);
        return true;
      case 'boolean':
        writer.writeBytes(value ? TRUE : FALSE);
        return true;
      case 'object':
        if (value === null) {
          writer.writeBytes(NULL);
          return true;
        }
        if (depth === MAX_DEPTH) return false;
        return Array.isArray(value)
          ? this.#array(writer, value, depth + 1)
          : this.#object(writer, value as Record<string, unknown>, depth + 1);
      default:
        return false;
    }
  }

  #array(writer: ByteWriter, items: readonly unknown[], depth: number): boolean {
    const length = items.length;
    this.#valuesLeft -= length;
    if (this.#valuesLeft < 0) return false;
    writer.writeByte(0x5b);
    for (let index = 0; index < length; index++) {
      if (index > 0) writer.writeByte(COMMA);
      if (!this.#value(writer, items[index], depth)) return false;
    }
    writer.writeByte(0x5d);
    return true;
  }

  #object(writer: ByteWriter, source: Record<string, unknown>, depth: number): boolean {
    const prototype: unknown = Object.getPrototypeOf(source);
    if (prototype !== Object.prototype && prototype !== null) return false;
    if (typeof source['toJSON'] === 'function') return false;
    const open = writer.position;
    // V8 reads the fields of a `for … in` loop by position, not by name.
    for (const key in source) {
      if (!Object.hasOwn(source, key)) continue;
      const value = source[key];
      if (value === undefined) continue;
      if (--this.#valuesLeft < 0 || !key.isWellFormed()) return false;
      this.#keys.write(writer, key);
      if (!this.#value(writer, value, depth)) return false;
    }
    if (writer.position === open) writer.writeByte(0x7b);
    else writer.buffer[open] = 0x7b;
    writer.writeByte(0x7d);
    return true;
  }
}
