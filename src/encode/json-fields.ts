import type { ByteWriter } from './byte-writer.ts';
import { FALSE, TRUE } from './json-literals.ts';
import { writeJsonNumber } from './json-number.ts';
import { type JsonQuoting, PLAIN } from './json-quoting.ts';
import { JsonValueSink } from './json-value-sink.ts';
import { KeyCache } from './key-cache.ts';
import { ownKeys, readProperty } from './own-property.ts';
import { PlainJson } from './plain-json.ts';
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

/** Writes values and maps of values as plain JSON; total, whatever the values are. */
export class JsonFields {
  readonly keys: KeyCache;
  readonly #quoting: JsonQuoting;
  readonly #sink: JsonValueSink;
  readonly #walker: ValueWalker;
  readonly #plain: PlainJson;

  constructor(writer: ByteWriter, quoting: JsonQuoting = PLAIN) {
    this.#quoting = quoting;
    this.keys = new KeyCache(quoting.writeKey, quoting.writeString);
    this.#sink = new JsonValueSink(writer, this.keys, quoting);
    this.#walker = new ValueWalker(this.#sink, MAX_DEPTH);
    this.#plain = new PlainJson(this.keys, this.#walker, quoting);
  }

  /** Writes one value. */
  writeValue(writer: ByteWriter, value: unknown): void {
    this.#walker.renew();
    this.#write(writer, value);
  }

  /** Writes `prefix` and the map: one field, or none when the map has no value in it. */
  writeMap(writer: ByteWriter, prefix: ReadyBytes, source: object): number {
    const keys = ownKeys(source);
    if (typeof keys === 'string' || keys.length === 0) return 0;
    this.#walker.renew();
    const { nestingBytes, position } = writer;
    writer.writeReady(prefix);
    const open = writer.position;
    let names: readonly string[] = keys;
    // Not `for … in`: V8 13.6 can fall into compiling such a loop again and again, for the last name that it met.
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? '';
      const value = readProperty(source, key);
      if (!hasValue(value)) continue;
      if (!this.#isFieldWritten(writer, names[index] ?? key, value)) {
        names = uniqueKeys(keys);
        this.#isFieldWritten(writer, names[index] ?? key, value);
      }
    }
    if (writer.position === open) {
      writer.undoTo(position, nestingBytes);
      return 0;
    }
    writer.buffer[open] = OPEN;
    writer.writeByte(CLOSE);
    return 1;
  }

  /** False, and nothing written, for a key with a lone surrogate. */
  #isFieldWritten(writer: ByteWriter, key: string, value: unknown): boolean {
    if (typeof value === 'string' && value.length < GIANT_CHARACTERS) {
      return this.keys.writeField(writer, key, value);
    }
    if (!this.keys.write(writer, key)) return false;
    // Not by way of `#write`: the loop over the fields is compiled in one piece only as long as that is left out.
    if (typeof value === 'number') writeJsonNumber(writer, value, this.#quoting);
    else this.#write(writer, value);
    return true;
  }

  #write(writer: ByteWriter, value: unknown): void {
    if (typeof value === 'string' && value.length < GIANT_CHARACTERS) {
      this.#quoting.writeString(writer, value);
    } else if (typeof value === 'number') {
      writeJsonNumber(writer, value, this.#quoting);
    } else if (typeof value === 'boolean') {
      writer.writeReady(value ? TRUE : FALSE);
    } else {
      this.#walker.spare();
      this.#writeGuarded(writer, value);
    }
  }

  #writeGuarded(writer: ByteWriter, value: unknown): void {
    const { nestingBytes, position } = writer;
    this.#sink.writer = writer;
    try {
      this.#plain.write(writer, value);
    } catch (error) {
      // Out of stack or memory in the middle of a value: what stands there is only half of it.
      writer.undoTo(position, nestingBytes);
      this.#quoting.writeString(writer, throwsMarker(error));
    }
  }
}
