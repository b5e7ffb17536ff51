import type { ByteWriter } from './byte-writer.ts';
import { FALSE, TRUE } from './json-literals.ts';
import { writeJsonNumber } from './json-number.ts';
import { writeJsonKey, writeJsonString } from './json-string.ts';
import { JsonValueSink } from './json-value-sink.ts';
import { KeyCache } from './key-cache.ts';
import { ownKeys, readProperty } from './own-property.ts';
import type { ReadyBytes } from './ready-bytes.ts';
import { uniqueKeys } from './unique-keys.ts';
import { throwsMarker } from './value-markers.ts';
import { hasValue, ValueWalker } from './value-walker.ts';

const OPEN = 0x7b;
const CLOSE = 0x7d;
/** With the record's own levels it stays under the 1,000 at which many JSON readers give up. */
const MAX_DEPTH = 900;
/** Strings beyond may need more memory than there is; they are written under guard. */
const GIANT_CHARACTERS = 1_048_576;

// V8 knows this one inside of a `for … in` loop, where `Object.hasOwn` would cost three times the loop.
const hasOwn = Object.prototype.hasOwnProperty;

/** Writes values and maps of values as plain JSON; total, whatever the values are. */
export class JsonFields {
  readonly keys: KeyCache = new KeyCache(writeJsonKey);
  readonly #sink: JsonValueSink;
  readonly #walker: ValueWalker;

  constructor(writer: ByteWriter) {
    this.#sink = new JsonValueSink(writer, this.keys);
    this.#walker = new ValueWalker(this.#sink, MAX_DEPTH);
  }

  /** Writes one value. */
  writeValue(writer: ByteWriter, value: unknown): void {
    this.#walker.renew();
    this.#writeField(writer, value);
  }

  /** Writes `prefix` and the map; nothing at all when the map has no value in it. */
  writeMap(writer: ByteWriter, prefix: ReadyBytes, source: object): void {
    const start = writer.position;
    writer.writeReady(prefix);
    const open = writer.position;
    this.#walker.renew();
    if (!this.#isWellBehaved(writer, source)) {
      writer.position = open;
      this.#writeCarefully(writer, source);
    }
    if (writer.position === open) {
      writer.position = start;
    } else {
      writer.buffer[open] = OPEN;
      writer.writeByte(CLOSE);
    }
  }

  #isWellBehaved(writer: ByteWriter, source: object): boolean {
    try {
      return this.#writeWellBehaved(writer, source as Record<string, unknown>);
    } catch {
      return false;
    }
  }

  /** The way of nearly all maps: V8 reads the fields of a `for … in` loop by position, not by name. */
  #writeWellBehaved(writer: ByteWriter, source: Record<string, unknown>): boolean {
    for (const key in source) {
      if (!hasOwn.call(source, key)) continue;
      const value = source[key];
      if (!hasValue(value)) continue;
      if (!this.keys.write(writer, key)) return false;
      this.#writeField(writer, value);
    }
    return true;
  }

  /** For getters and traps that throw, and keys that must be repaired. */
  #writeCarefully(writer: ByteWriter, source: object): void {
    const keys = ownKeys(source);
    if (typeof keys === 'string') return;
    const names = uniqueKeys(keys);
    for (const [index, key] of keys.entries()) {
      const value = readProperty(source, key);
      if (!hasValue(value)) continue;
      this.keys.write(writer, names[index] ?? key);
      this.#writeField(writer, value);
    }
  }

  #writeField(writer: ByteWriter, value: unknown): void {
    if (typeof value === 'string' && value.length < GIANT_CHARACTERS) {
      writeJsonString(writer, value);
    } else if (typeof value === 'number') {
      writeJsonNumber(writer, value);
    } else if (typeof value === 'boolean') {
      writer.writeReady(value ? TRUE : FALSE);
    } else {
      this.#walker.spare();
      this.#writeGuarded(writer, value);
    }
  }

  #writeGuarded(writer: ByteWriter, value: unknown): void {
    const start = writer.position;
    this.#sink.writer = writer;
    try {
      this.#walker.walk(value);
    } catch (error) {
      // Out of stack or memory in the middle of a value: what stands there is only half of it.
      writer.position = start;
      writeJsonString(writer, throwsMarker(error));
    }
  }
}
