import type { EntryFrame } from './entry-frame.ts';
import type { PackedEntry } from './packed-entry.ts';
import type { Slab } from './slab.ts';
import { unnest } from './unnest.ts';

/** Where bytes lie among others. */
export interface MemoryPlace {
  readonly memory: Buffer;
  readonly start: number;
  readonly length: number;
  /** Lies around it, within that length. */
  readonly frame: EntryFrame | undefined;
  /** So many bytes before it are there for what the body of a request begins with. */
  readonly roomLength: number;
  /** Without the frame, and fewer for text that lies there nested: as it stands in a JSON string. */
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
  readonly #frame: EntryFrame | undefined;
  readonly #roomLength: number;
  readonly #isNested: boolean;
  #length: number;
  #byteCount: number;
  #view: Uint8Array | undefined;

  constructor({ byteCount, frame, length, memory, roomLength, start }: MemoryPlace) {
    this.#memory = memory;
    this.#start = start;
    this.#frame = frame;
    this.#roomLength = roomLength;
    // Also of what it takes in: nothing else than it is may come to it.
    this.#isNested = byteCount !== length - (frame?.length ?? 0);
    this.#length = length;
    this.#byteCount = byteCount;
  }

  get memory(): Buffer {
    return this.#memory;
  }

  get start(): number {
    return this.#start;
  }

  /** Lies around it, and around each of several that lie there one after the other. */
  get frame(): EntryFrame | undefined {
    return this.#frame;
  }

  get roomLength(): number {
    return this.#roomLength;
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
    return this.#isNested;
  }

  get bytes(): Uint8Array {
    const content = this.#content();
    return this.isNested ? unnest(content, this.#byteCount) : content;
  }

  get nested(): Uint8Array | undefined {
    return this.isNested ? this.#content() : undefined;
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

  /** Of each, with its frame, when it has taken in others; else undefined. */
  protected abstract get partLengths(): readonly number[] | undefined;

  #content(): Uint8Array {
    // Not kept: it is a copy.
    if (this.#frame !== undefined) return this.#withoutFrames(this.#frame);
    this.#view ??= this.#memory.subarray(this.#start, this.#start + this.#length);
    return this.#view;
  }

  #withoutFrames({ beforeLength, length: frameLength }: EntryFrame): Uint8Array {
    const lengths = this.partLengths ?? [this.#length];
    const content = new Uint8Array(this.#length - frameLength * lengths.length);
    let position = 0;
    let start = this.#start + beforeLength;
    for (const length of lengths) {
      const bytes = this.#memory.subarray(start, start + length - frameLength);
      content.set(bytes, position);
      position += bytes.length;
      start += length;
    }
    return content;
  }
}

/** The length of `bytes`, which are not asked for where it is known without them. */
export function byteCountOf(entry: Pick<PackedEntry, 'bytes'>): number {
  return entry instanceof SlabEntry ? entry.byteCount : entry.bytes.length;
}
