const FIRST_SLAB_BYTES = 8 * 1024;
const SLAB_BYTES = 64 * 1024;
/** Above this an entry gets memory of its own, so that at most an eighth of a slab is left over. */
const OWN_MEMORY_BYTES = SLAB_BYTES / 8;

/**
 * Keeps the bytes of consecutive entries of one target close together.
 *
 * Slabs are per target: one entry that waits for a dead target never pins the memory of others.
 */
export class ByteSlabs {
  #slab = Buffer.alloc(0);
  #used = 0;
  #nextSlabBytes = FIRST_SLAB_BYTES;

  /** Copies `bytes`; the copy never moves or changes. */
  store(bytes: Uint8Array): Uint8Array {
    if (bytes.length > OWN_MEMORY_BYTES) {
      const own = Buffer.allocUnsafeSlow(bytes.length);
      own.set(bytes);
      return own;
    }
    if (this.#used + bytes.length > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(this.#nextSlabBytes);
      this.#nextSlabBytes = SLAB_BYTES;
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += bytes.length;
    this.#slab.set(bytes, start);
    return this.#slab.subarray(start, this.#used);
  }
}
