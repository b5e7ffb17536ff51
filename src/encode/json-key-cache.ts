import type { ByteWriter } from './byte-writer.ts';
import { writeJsonString } from './json-string.ts';

const MAX_KEYS = 2_048;
const MAX_KEY_CHARACTERS = 128;
const COMMA = 0x2c;
const COLON = 0x3a;

/**
 * The bytes of `,"key":`, kept for each key.
 *
 * An application has few different keys and uses them in every record. One that invents keys without end
 * empties the cache again and again, which costs time but never memory.
 */
export class JsonKeyCache {
  readonly #bytes = new Map<string, Uint8Array>();

  /** `key` must be well-formed. */
  write(writer: ByteWriter, key: string): void {
    const known = this.#bytes.get(key);
    if (known !== undefined) writer.writeBytes(known);
    else this.#writeNew(writer, key);
  }

  #writeNew(writer: ByteWriter, key: string): void {
    const start = writer.position;
    writer.writeByte(COMMA);
    writeJsonString(writer, key);
    writer.writeByte(COLON);
    if (key.length > MAX_KEY_CHARACTERS) return;
    if (this.#bytes.size >= MAX_KEYS) this.#bytes.clear();
    this.#bytes.set(key, writer.copy(start));
  }
}
