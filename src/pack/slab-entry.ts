import type { PackedEntry } from './packed-entry.ts';
import type { Slab } from './slab.ts';
import { unnest } from './unnest.ts';

/** Where bytes lie among others. */
export interface MemoryPlace {
  readonly memory: Buffer;
  readonly start: number;
  readonly length: number;
  /** Fewer than its length for text that lies there nested: as it stands in a JSON string. */
  readonly byteCount: number;
}

/**
 * An entry in memory that it shares. The view on its bytes is made when somebody asks for it: one for each
 * record would be a third of all that the garbage collector has to do for an entry.
 *
 * A copy by `...` has no `bytes`: they must be named.
 */
export abstract class SlabEntry implements PackedEntry {
  abstract readonly recordCount: number;
  abstract readonly timeMillis: number;
  abstract readonly sequence: number;
  /** Where it lies, if that memory is used again. */
  abstract readonly slab: Slab | undefined;
  readonly #memory: Buffer;
  readonly #start: number;
  #length: number;
  #byteCount: number;
  #view: Uint8Array | undefined;

  constructor({ byteCount, length, memory, start }: MemoryPlace) {
    this.#memory = memory;
    this.#start = start;
    this.#length = length;
    this.#byteCount = byteCount;
  }

  get memory(): Buffer {
    return this.#memory;
  }

  get start(): number {
    return this.#start;
  }

  /** What it takes of that memory. */
  get length(): number {
    return this.#length;
  }

  get byteCount(): number {
    return this.#byteCount;
  }

  /** False also for text that is the same either way. */
  get isNested(): boolean {
    return this.#length !== this.#byteCount;
  }

  get bytes(): Uint8Array {
    const bytes = this.#bytesInMemory();
    return this.isNested ? unnest(bytes, this.#byteCount) : bytes;
  }

  get nested(): Uint8Array | undefined {
    return this.isNested ? this.#bytesInMemory() : undefined;
  }

  /** True when the memory from `start` on comes right behind it. */
  isFollowedBy(memory: Buffer, start: number): boolean {
    return this.#memory === memory && this.#start + this.#length === start;
  }

  /** Takes in what lies right behind it. */
  protected extend(length: number, byteCount: number): void {
    this.#length += length;
    this.#byteCount += byteCount;
    this.#view = undefined;
  }

  #bytesInMemory(): Uint8Array {
    this.#view ??= this.#memory.subarray(this.#start, this.#start + this.#length);
    return this.#view;
  }
}

/** The length of `bytes`, which are not asked for where it is known without them. */
export function byteCountOf(entry: Pick<PackedEntry, 'bytes'>): number {
  return entry instanceof SlabEntry ? entry.byteCount : entry.bytes.length;
}
