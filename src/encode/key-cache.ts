import type { ByteWriter } from './byte-writer.ts';

const MAX_KEYS = 2_048;
const MAX_KEY_CHARACTERS = 128;

/**
 * The bytes of keys as a wire format writes them.
 *
 * An application has few different keys and uses them in every record. One that invents keys without end
 * empties the cache again and again, which costs time but never memory.
 */
export class KeyCache {
  readonly #bytes = new Map<string, Uint8Array>();
  readonly #encode: (writer: ByteWriter, key: string) => void;

  constructor(encode: (writer: ByteWriter, key: string) => void) {
    this.#encode = encode;
  }

  /** `key` must be well-formed. */
  write(writer: ByteWriter, key: string): void {
    const known = this.#bytes.get(key);
    if (known !== undefined) writer.writeBytes(known);
    else this.#writeNew(writer, key);
  }

  #writeNew(writer: ByteWriter, key: string): void {
    const start = writer.position;
    this.#encode(writer, key);
    if (key.length > MAX_KEY_CHARACTERS) return;
    if (this.#bytes.size >= MAX_KEYS) this.#bytes.clear();
    this.#bytes.set(key, writer.copy(start));
  }
}
