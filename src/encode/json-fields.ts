import type { ByteWriter } from './byte-writer.ts';
import { writeJsonNumber } from './json-number.ts';
import { writeJsonKey, writeJsonString } from './json-string.ts';
import { FALSE, JsonValueSink, TRUE } from './json-value-sink.ts';
import { KeyCache } from './key-cache.ts';
import { ownKeys, readProperty } from './own-property.ts';
import { PlainJson } from './plain-json.ts';
import { uniqueKeys } from './unique-keys.ts';
import { throwsMarker } from './value-markers.ts';
import { ValueWalker } from './value-walker.ts';

const OPEN = 0x7b;
const CLOSE = 0x7d;
/** With the record's own levels it stays under the 1,000 at which many JSON readers give up. */
const MAX_DEPTH = 900;
/** Strings beyond may need more memory than there is; they are written under guard. */
const GIANT_CHARACTERS = 1_048_576;

/** Writes values and maps of values as plain JSON; total, whatever the values are. */
export class JsonFields {
  readonly keys: KeyCache = new KeyCache(writeJsonKey);
  readonly #sink: JsonValueSink;
  readonly #walker: ValueWalker;

  readonly #plain: PlainJson = new PlainJson(this.keys);

  constructor(writer: ByteWriter) {
    this.#sink = new JsonValueSink(writer, this.keys);
    this.#walker = new ValueWalker(this.#sink, MAX_DEPTH);
  }

  /** Writes one value. */
  writeValue(writer: ByteWriter, value: unknown): void {
    this.#walker.renew();
    this.#walker.renew();
    if (typeof value === 'string' && value.length < GIANT_CHARACTERS)
      writeJsonString(writer, value);
    else this.#writeGuarded(writer, value);
  }

  /** Writes `prefix` and the map; nothing at all when the map has no value in it. */
  writeMap(writer: ByteWriter, prefix: Uint8Array, source: object): void {
    const start = writer.position;
    writer.writeBytes(prefix);
    const open = writer.position;
    this.#walker.renew();
    try {
      this.#writeWellBehaved(writer, source as Record<string, unknown>);
    } catch {
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

  /** The way of nearly all maps: V8 reads the fields of a `for … in` loop by position, not by name. */
  #writeWellBehaved(writer: ByteWriter, source: Record<string, unknown>): void {
    for (const key in source) {
      if (!Object.hasOwn(source, key)) continue;
      const value = source[key];
      if (value === undefined || typeof value === 'function' || typeof value === 'symbol') continue;
      if (!key.isWellFormed()) throw new Error('a key with a lone surrogate');
      this.#writeField(writer, key, value);
    }
  }

  /** For getters and traps that throw, and keys that must be repaired. */
  #writeCarefully(writer: ByteWriter, source: object): void {
    const keys = ownKeys(source);
    if (typeof keys === 'string') return;
    const names = uniqueKeys(keys);
    for (const [index, key] of keys.entries()) {
      const value = readProperty(source, key);
      if (value === undefined || typeof value === 'function' || typeof value === 'symbol') continue;
      this.#writeField(writer, names[index] ?? key, value);
    }
  }

  #writeField(writer: ByteWriter, key: string, value: unknown): void {
    this.keys.write(writer, key);
    if (typeof value === 'string' && value.length < GIANT_CHARACTERS) {
      writeJsonString(writer, value);
    } else if (typeof value === 'number') {
      writeJsonNumber(writer, value);
    } else if (typeof value === 'boolean') {
      writer.writeBytes(value ? TRUE : FALSE);
    } else {
      this.#writeAny(writer, value);
    }
  }

  #writeAny(writer: ByteWriter, value: unknown): void {
    const start = writer.position;
    try {
      if (this.#plain.write(writer, value)) return;
    } catch {
      // The careful way finds out what threw.
    }
    writer.position = start;
    this.#walker.spare();
    this.#writeGuarded(writer, value);
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
