import type { ByteWriter } from './byte-writer.ts';
import { KeyCache } from './key-cache.ts';
import { beginMsgpackMap, endMsgpackMap } from './msgpack-container.ts';
import { writeMsgpackNumber } from './msgpack-number.ts';
import { writeMsgpackString } from './msgpack-string.ts';
import { FALSE, MsgpackValueSink, TRUE } from './msgpack-value-sink.ts';
import { ownKeys, readProperty } from './own-property.ts';
import { PlainMsgpack } from './plain-msgpack.ts';
import { uniqueKeys } from './unique-keys.ts';
import { throwsMarker } from './value-markers.ts';
import { hasValue, ValueWalker } from './value-walker.ts';

const MAX_DEPTH = 900;
/** Strings beyond may need more memory than there is; they are written under guard. */
const GIANT_CHARACTERS = 1_048_576;

/** Writes values and maps of values as MessagePack; total, whatever the values are. */
export class MsgpackFields {
  readonly #keys: KeyCache = new KeyCache(writeMsgpackString, writeMsgpackString);
  readonly #sink: MsgpackValueSink;
  readonly #walker: ValueWalker;
  readonly #plain: PlainMsgpack;

  constructor(writer: ByteWriter) {
    this.#sink = new MsgpackValueSink(writer, this.#keys);
    this.#walker = new ValueWalker(this.#sink, MAX_DEPTH);
    this.#plain = new PlainMsgpack(this.#keys, this.#walker);
  }

  /** Writes a key with U+FFFD for what is no character in it. */
  writeKey(writer: ByteWriter, key: string): void {
    this.#keys.write(writer, key.toWellFormed());
  }

  /** Writes one value with the full share of work. */
  writeValue(writer: ByteWriter, value: unknown): void {
    this.#walker.renew();
    this.#write(writer, value);
  }

  /** Writes the map and answers how many fields it has. */
  writeMap(writer: ByteWriter, source: object): number {
    const keys = ownKeys(source);
    if (typeof keys === 'string' || keys.length === 0) return 0;
    this.#walker.renew();
    const map = beginMsgpackMap(writer, keys.length);
    let names: readonly string[] = keys;
    let count = 0;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? '';
      const value = readProperty(source, key);
      if (!hasValue(value)) continue;
      if (!this.#isFieldWritten(writer, names[index] ?? key, value)) {
        names = uniqueKeys(keys);
        this.#isFieldWritten(writer, names[index] ?? key, value);
      }
      count++;
    }
    endMsgpackMap(writer, map, count);
    return count;
  }

  /** False, and nothing written, for a key with a lone surrogate. */
  #isFieldWritten(writer: ByteWriter, key: string, value: unknown): boolean {
    if (typeof value === 'string' && value.length < GIANT_CHARACTERS) {
      return this.#keys.writeField(writer, key, value);
    }
    if (!this.#keys.write(writer, key)) return false;
    // Not by way of `#write`: the loop over the fields is compiled in one piece only as long as that is left out.
    if (typeof value === 'number') writeMsgpackNumber(writer, value);
    else this.#write(writer, value);
    return true;
  }

  #write(writer: ByteWriter, value: unknown): void {
    if (typeof value === 'string' && value.length < GIANT_CHARACTERS) {
      writeMsgpackString(writer, value);
    } else if (typeof value === 'number') {
      writeMsgpackNumber(writer, value);
    } else if (typeof value === 'boolean') {
      writer.writeByte(value ? TRUE : FALSE);
    } else {
      this.#writeGuarded(writer, value);
    }
  }

  #writeGuarded(writer: ByteWriter, value: unknown): void {
    const start = writer.position;
    this.#sink.writer = writer;
    this.#walker.spare();
    try {
      this.#plain.write(writer, value);
    } catch (error) {
      // Out of stack or memory in the middle of a value: what stands there is only half of it.
      writer.position = start;
      writeMsgpackString(writer, throwsMarker(error));
    }
  }
}
