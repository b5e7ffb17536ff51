import type { EntryFrame } from './entry-frame.ts';
import type { GapBehind } from './gap-behind.ts';
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
  /** Between it and what it takes in, and between these. */
  readonly gapBehind: GapBehind | undefined;
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
  readonly #gapBehind: GapBehind | undefined;
  readonly #roomLength: number;
  readonly #isNested: boolean;
  #length: number;
  #byteCount: number;
  #view: Uint8Array | undefined;

  constructor(place: MemoryPlace) {
    const { byteCount, frame, gapBehind, length, memory, roomLength, start } = place;
    this.#memory = memory;
    this.#start = start;
    this.#frame = frame;
    this.#gapBehind = gapBehind;
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

  /** Between each two of several that lie there one after the other. */
  get gapBehind(): GapBehind | undefined {
    return this.#gapBehind;
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
    return this.#memory === memory && this.#start + this.#length + this.#gapLength() === start;
  }

  /** Takes in what lies right behind it. */
  protected extend(length: number, byteCount: number): void {
    this.#length += this.#gapLength() + length;
    this.#byteCount += byteCount;
    this.#view = undefined;
  }

  /** Of each, with its frame, when it has taken in others; else undefined. */
  protected abstract get partLengths(): readonly number[] | undefined;

  #gapLength(): number {
    return this.#gapBehind?.(this.#length) ?? 0;
  }

  #content(): Uint8Array {
    if (this.#frame !== undefined || this.#gapBehind !== undefined) {
      return this.#withoutFramesAndGaps(this.partLengths ?? [this.#length]);
    }
    this.#view ??= this.#memory.subarray(this.#start, this.#start + this.#length);
    return this.#view;
  }

  #withoutFramesAndGaps(lengths: readonly number[]): Uint8Array {
    const { beforeLength = 0, length: frameLength = 0 } = this.#frame ?? {};
    const parts: Uint8Array[] = [];
    let start = this.#start + beforeLength;
    for (const length of lengths) {
      parts.push(this.#memory.subarray(start, start + length - frameLength));
      start += length + (this.#gapBehind?.(length) ?? 0);
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  }
}

/** The length of `bytes`, which are not asked for where it is known without them. */
export function byteCountOf(entry: Pick<PackedEntry, 'bytes'>): number {
  return entry instanceof SlabEntry ? entry.byteCount : entry.bytes.length;
}
