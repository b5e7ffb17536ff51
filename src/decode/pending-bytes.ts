import { ByteWriter } from '../encode/byte-writer.ts';

/** Bytes that came and are not used up yet, in one piece. */
export class PendingBytes {
  readonly #store = new ByteWriter();
  #used = 0;
  #usedBefore = 0;

  /** Everything that is pending; good until the next `push` or `use`. */
  get bytes(): Buffer {
    return this.#store.buffer.subarray(this.#used, this.#store.position);
  }

  /** Where `bytes` begins in all that ever came. */
  get position(): number {
    return this.#usedBefore + this.#used;
  }

  push(bytes: Uint8Array): void {
    const store = this.#store;
    if (this.#used > 0) {
      store.buffer.copyWithin(0, this.#used, store.position);
      store.position -= this.#used;
      this.#usedBefore += this.#used;
      this.#used = 0;
    }
    if (store.position === 0) store.reset();
    store.writeBytes(bytes);
  }

  /** The first `count` bytes are done with. */
  use(count: number): void {
    this.#used += count;
  }
}
