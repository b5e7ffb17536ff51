import { type MemorySource, Slab } from './slab.ts';

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
  readonly #source: MemorySource | undefined;
  #slab: Slab | undefined;
  #nextSlabBytes = FIRST_SLAB_BYTES;
  /** An entry may be written here in place, from `used` on: `store` takes it as it lies. */
  memory: Buffer = Buffer.alloc(0);
  view: DataView = viewOf(this.memory);
  used = 0;
  /** Where the entry lies that was stored last; nothing for memory that is not used again. */
  lastSlab: Slab | undefined;

  /** @param source Where slabs come from that are used again. Default: the garbage collector has them all. */
  constructor(source?: MemorySource) {
    this.#source = source;
  }

  /** Copies `bytes`, unless they were written in place; what it answers never moves or changes. */
  store(bytes: Uint8Array): Uint8Array {
    const { length } = bytes;
    if (
      bytes.buffer === this.memory.buffer &&
      bytes.byteOffset === this.memory.byteOffset + this.used
    ) {
      this.used += length;
      this.#hold();
      return bytes;
    }
    if (length > OWN_MEMORY_BYTES) {
      const own = Buffer.allocUnsafeSlow(length);
      own.set(bytes);
      this.lastSlab = undefined;
      return own;
    }
    if (this.used + length > this.memory.length) this.#open();
    const start = this.used;
    this.used += length;
    this.memory.set(bytes, start);
    this.#hold();
    return this.memory.subarray(start, this.used);
  }

  #hold(): void {
    this.#slab?.hold();
    this.lastSlab = this.#slab;
  }

  #open(): void {
    this.#slab?.close();
    const isFirst = this.#nextSlabBytes < SLAB_BYTES;
    // A quiet target has little to give back.
    this.#slab =
      isFirst || this.#source === undefined ? undefined : new Slab(this.#source, SLAB_BYTES);
    this.memory = this.#slab?.memory ?? Buffer.allocUnsafeSlow(this.#nextSlabBytes);
    this.view = viewOf(this.memory);
    this.used = 0;
    this.#nextSlabBytes = SLAB_BYTES;
  }
}

function viewOf(memory: Buffer): DataView {
  return new DataView(memory.buffer, memory.byteOffset, memory.length);
}
