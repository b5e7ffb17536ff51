import type { ByteWriter } from './byte-writer.ts';
import { JsonKeyCache } from './json-key-cache.ts';
import { writeJsonNumber } from './json-number.ts';
import { writeJsonString } from './json-string.ts';
import { JsonValueSink } from './json-value-sink.ts';
import { ownKeys, readProperty } from './own-property.ts';
import { uniqueKeys } from './unique-keys.ts';
import { throwsMarker } from './value-markers.ts';
import { ValueWalker } from './value-walker.ts';

const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** With the record's own levels it stays under the 1,000 at which many JSON readers give up. */
const MAX_DEPTH = 900;
/** Strings beyond may need more memory than there is; they are written under guard. */
const GIANT_CHARACTERS = 1_048_576;

/** Writes values and maps of values as plain JSON; total, whatever the values are. */
export class JsonFields {
  readonly keys: JsonKeyCache = new JsonKeyCache();
  readonly #sink: JsonValueSink;
  readonly #walker: ValueWalker;

  constructor(writer: ByteWriter) {
    this.#sink = new JsonValueSink(writer, this.keys);
    this.#walker = new ValueWalker(this.#sink, MAX_DEPTH);
  }

  /** Writes one value. */
  writeValue(writer: ByteWriter, value: unknown): void {
    this.#walker.renew();
    if (typeof value === 'string' && value.length < GIANT_CHARACTERS)
      writeJsonString(writer, value);
    else this.#writeGuarded(writer, value);
  }

  /** Writes `prefix` and the map; nothing at all when the map has no value in it. */
  writeMap(writer: ByteWriter, prefix: Uint8Array, source: object): void {
    const keys = ownKeys(source);
    if (typeof keys === 'string' || keys.length === 0) return;
    const start = writer.position;
    writer.writeBytes(prefix);
    const open = writer.position;
    this.#walker.renew();
    let names: readonly string[] = keys;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? '';
      const value = readProperty(source, key);
      if (value === undefined || typeof value === 'function' || typeof value === 'symbol') continue;
      if (names === keys && !key.isWellFormed()) names = uniqueKeys(keys);
      writer.writeByte(COMMA);
      this.keys.write(writer, names[index] ?? key);
      if (typeof value === 'string' && value.length < GIANT_CHARACTERS) {
        writeJsonString(writer, value);
      } else if (typeof value === 'number') {
        writeJsonNumber(writer, value);
      } else {
        this.#walker.spare();
        this.#writeGuarded(writer, value);
      }
    }
    if (writer.position === open) {
      writer.position = start;
    } else {
      writer.buffer[open] = OPEN;
      writer.writeByte(CLOSE);
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
