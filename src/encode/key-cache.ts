import type { ByteWriter } from './byte-writer.ts';
import { ReadyBytes } from './ready-bytes.ts';

const MAX_KEYS = 2_048;
const MAX_KEY_CHARACTERS = 128;

interface KnownKey {
  readonly key: string;
  readonly bytes: ReadyBytes;
  /** The key that followed the last time. */
  next: KnownKey | undefined;
}

const NO_KEY: Omit<KnownKey, 'next'> = { key: '', bytes: new ReadyBytes(new Uint8Array(0)) };

/**
 * The bytes of keys as a wire format writes them.
 *
 * An application has few different keys and uses them in every record. One that invents keys without end
 * empties the cache again and again, which costs time but never memory.
 */
export class KeyCache {
  readonly #known = new Map<string, KnownKey>();
  readonly #encode: (writer: ByteWriter, key: string) => void;
  // Records of one kind have the same keys in the same order, so the last key tells the next without a search.
  #last: KnownKey = { ...NO_KEY, next: undefined };

  constructor(encode: (writer: ByteWriter, key: string) => void) {
    this.#encode = encode;
  }

  /** False, and nothing written, for a key with a lone surrogate, which no wire format can hold. */
  write(writer: ByteWriter, key: string): boolean {
    let known = this.#last.next;
    if (known === undefined || known.key !== key) {
      known = this.#known.get(key);
      if (known === undefined) return this.#writeNew(writer, key);
      this.#last.next = known;
    }
    this.#last = known;
    writer.writeReady(known.bytes);
    return true;
  }

  #writeNew(writer: ByteWriter, key: string): boolean {
    if (!key.isWellFormed()) return false;
    const start = writer.position;
    this.#encode(writer, key);
    if (key.length <= MAX_KEY_CHARACTERS) {
      if (this.#known.size >= MAX_KEYS) this.#forget();
      const bytes = new ReadyBytes(writer.buffer.subarray(start, writer.position));
      this.#known.set(key, { key, bytes, next: undefined });
    }
    return true;
  }

  #forget(): void {
    this.#known.clear();
    this.#last = { ...NO_KEY, next: undefined };
  }
}
