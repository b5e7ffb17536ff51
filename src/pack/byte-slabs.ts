import { type MemorySource, Slab } from './slab.ts';
import type { MemoryPlace } from './slab-entry.ts';

const FIRST_SLAB_BYTES = 8 * 1024;
const SLAB_BYTES = 64 * 1024;
/** Above this an entry gets memory of its own, so that at most an eighth of a slab is left over. */
const OWN_MEMORY_BYTES = SLAB_BYTES / 8;

/** Where an entry lies; no slab for memory that is not used again. */
export interface SlabPlace extends MemoryPlace {
  readonly slab: Slab | undefined;
}

/**
 * Keeps the bytes of consecutive entries of one target close together.
 *
 * Slabs are per target: one entry that waits for a dead target never pins the memory of others.
 */
export class ByteSlabs {
  readonly #source: MemorySource | undefined;
  #slab: Slab | undefined;
  #nextSlabBytes = FIRST_SLAB_BYTES;
  /** An entry may be written here in place, from `used` on: `keep` takes it as it lies. */
  memory: Buffer = Buffer.alloc(0);
  view: DataView = viewOf(this.memory);
  used = 0;

  /** @param source Where slabs come from that are used again. Default: the garbage collector has them all. */
  constructor(source?: MemorySource) {
    this.#source = source;
  }

  /**
   * Keeps an entry that was written in place. Where it lies, it never moves or changes.
   *
   * @param byteCount Fewer than `length` when it is nested.
   */
  keep(length: number, byteCount: number = length): SlabPlace {
    const start = this.used;
    this.used += length;
    this.#slab?.hold();
    return { memory: this.memory, start, length, byteCount, slab: this.#slab };
  }

  /** Keeps a copy of an entry that lies elsewhere. */
  store(bytes: Uint8Array, byteCount: number = bytes.length): SlabPlace {
    const { length } = bytes;
    if (length > OWN_MEMORY_BYTES) {
      const memory = Buffer.allocUnsafeSlow(length);
      memory.set(bytes);
      return { memory, start: 0, length, byteCount, slab: undefined };
    }
    if (this.used + length > this.memory.length) this.#open();
    this.memory.set(bytes, this.used);
    return this.keep(length, byteCount);
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
