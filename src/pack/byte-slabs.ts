import type { EntryFrame } from './entry-frame.ts';
import type { GapBehind } from './gap-behind.ts';
import { type MemorySource, Slab } from './slab.ts';
import type { MemoryPlace } from './slab-entry.ts';

const FIRST_SLAB_BYTES = 8 * 1024;
/** What a slab has where nothing is gained by larger ones. */
export const SLAB_BYTES: number = 64 * 1024;
/** Of a slab, what may be left over: a larger entry gets memory of its own. */
const MAX_REST = 1 / 8;

/** Of an entry that lies somewhere by itself. */
export const BY_ITSELF = { frame: undefined, gapBehind: undefined, roomLength: 0 } as const;

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
  readonly #slabBytesFor: (requestBytes: number, linesBytes?: number) => number;
  readonly #gapBehind: GapBehind | undefined;
  /** Of the next slab: it is asked for when a request begins, or an entry of lines. */
  #slabBytes: number;
  #slab: Slab | undefined;
  #isFirst = true;
  /** The slab does not begin in the middle of an entry of lines, so that whole ones fit it. */
  #beginsWithLines = false;
  /** An entry may be written here in place, from `used` on: `keep` takes it as it lies. */
  memory: Buffer = Buffer.alloc(0);
  view: DataView = viewOf(this.memory);
  /** Asked for with each entry: of the memory itself it would cost more. */
  #memoryBytes = 0;
  used = 0;

  /**
   * @param source Where slabs come from that are used again. Default: the garbage collector has them all.
   * @param slabBytesFor What a slab has where a request has so many bytes: `SLAB_BYTES` or more. In larger ones the
   * entries of a request lie together, as far as they can. Where lines become one entry of so many bytes: room for
   * several of these.
   * @param gapBehind Left behind each entry that is written in place. Default: nothing is.
   */
  constructor(
    source?: MemorySource,
    slabBytesFor: (requestBytes: number, linesBytes?: number) => number = () => SLAB_BYTES,
    gapBehind?: GapBehind,
  ) {
    this.#source = source;
    this.#slabBytesFor = slabBytesFor;
    this.#gapBehind = gapBehind;
    this.#slabBytes = slabBytesFor(0);
  }

  /**
   * Begins the next slab where less room is left of a large one: what is written in place and does not fit has to be
   * moved, by way of memory that is larger than the slab.
   */
  makeRoom(bytes: number): void {
    const left = this.#memoryBytes - this.used;
    if (left < bytes && this.#memoryBytes > SLAB_BYTES && left < MAX_REST * this.#memoryBytes) {
      this.#open();
    }
  }

  /**
   * Keeps an entry that was written in place. From then on it never moves or changes.
   *
   * @param byteCount Fewer than `length` when it is nested, or has a frame.
   * @param requestBytes What the request will have, about, which begins with this entry; undefined when none does.
   * @param frame Was written around it.
   * @param linesBytes The same of the entry that it will become, with the lines behind it; undefined when it begins none.
   */
  keep(
    length: number,
    byteCount: number = length,
    requestBytes?: number,
    frame?: EntryFrame,
    linesBytes?: number,
  ): SlabPlace {
    const wantedRoom = requestBytes === undefined ? 0 : (frame?.roomLength ?? 0);
    const neededBytes = wantedRoom + length;
    const isForLines = this.#needsNextForLines(neededBytes, linesBytes);
    const roomLength =
      isForLines || this.#needsNextFor(neededBytes, requestBytes)
        ? this.#moveToNext(length, wantedRoom)
        : this.#moveOn(length, wantedRoom);
    if (isForLines) this.#beginsWithLines = true;
    const start = this.used;
    this.extend(length);
    this.#slab?.hold();
    const { memory } = this;
    const gapBehind = this.#gapBehind;
    return { memory, start, length, byteCount, frame, gapBehind, roomLength, slab: this.#slab };
  }

  /** Keeps what was written in place as a part of the entry that lies before it. */
  extend(length: number): void {
    this.used += length;
    if (this.#gapBehind !== undefined) this.#leave(this.#gapBehind(length));
  }

  /** Keeps a copy of an entry that lies elsewhere. */
  store(bytes: Uint8Array, byteCount: number = bytes.length, requestBytes?: number): SlabPlace {
    const { length } = bytes;
    const needsNext = this.#needsNextFor(length, requestBytes);
    if (length > MAX_REST * this.#slabBytes) {
      const memory = Buffer.allocUnsafeSlow(length);
      memory.set(bytes);
      return { ...BY_ITSELF, memory, start: 0, length, byteCount, slab: undefined };
    }
    if (needsNext || this.used + length > this.memory.length) this.#open(length);
    this.memory.set(bytes, this.used);
    return this.keep(length, byteCount);
  }

  /** Nothing of what was there before is left in it. */
  #leave(gapBytes: number): void {
    const end = Math.min(this.used + gapBytes, this.#memoryBytes);
    for (let position = this.used; position < end; position += 1) this.memory[position] = 0;
    this.used = end;
  }

  /** True when the request that begins with this entry would not fit what is left, but the next slab. */
  #needsNextFor(length: number, requestBytes: number | undefined): boolean {
    if (requestBytes === undefined) return false;
    this.#slabBytes = this.#slabBytesFor(requestBytes);
    const isSmall = Math.max(this.#slabBytes, this.memory.length) <= SLAB_BYTES;
    if (isSmall || length > this.#slabBytes) return false;
    return this.memory.length - this.used < Math.min(requestBytes, this.#slabBytes);
  }

  /**
   * True when the lines that begin with this one would end in the next slab, and be put together by copying. Where more
   * would be left over than is little, that is better, but for a slab that begins in the middle of others: all of those
   * behind it would too.
   */
  #needsNextForLines(length: number, linesBytes: number | undefined): boolean {
    if (linesBytes === undefined) return false;
    this.#slabBytes = this.#slabBytesFor(0, linesBytes);
    const left = this.#memoryBytes - this.used;
    const mayLeave = left <= MAX_REST * this.#memoryBytes || !this.#beginsWithLines;
    const fitsNext = Math.max(length, linesBytes) <= this.#slabBytes;
    return left < linesBytes && mayLeave && fitsNext;
  }

  /** Takes what was just written there, and answers the room before it. */
  #moveToNext(length: number, roomLength: number): number {
    const written = this.memory.subarray(this.used, this.used + length);
    const left = this.#slab;
    this.#slab = undefined;
    this.#open();
    this.memory.set(written, roomLength);
    this.used = roomLength;
    // Only now: its memory may be somebody else's from then on.
    left?.close();
    return roomLength;
  }

  /** Moves what was just written there, if it can, and answers the room before it. */
  #moveOn(length: number, roomLength: number): number {
    const start = this.used + roomLength;
    if (roomLength === 0 || start + length > this.memory.length) return 0;
    this.memory.copyWithin(start, this.used, this.used + length);
    this.used = start;
    return roomLength;
  }

  /** @param neededBytes Of an entry, where it may be the first of all: the others have their sizes by then. */
  #open(neededBytes: number = Number.POSITIVE_INFINITY): void {
    this.#slab?.close();
    const isSmall = this.#isFirst && neededBytes <= FIRST_SLAB_BYTES;
    const sizeBytes = isSmall ? FIRST_SLAB_BYTES : this.#slabBytes;
    // A quiet target has little to give back.
    this.#slab =
      isSmall || this.#source === undefined ? undefined : new Slab(this.#source, sizeBytes);
    this.memory = this.#slab?.memory ?? Buffer.allocUnsafeSlow(sizeBytes);
    this.view = viewOf(this.memory);
    this.#memoryBytes = this.memory.length;
    this.used = 0;
    this.#isFirst = false;
    this.#beginsWithLines = false;
  }
}

function viewOf(memory: Buffer): DataView {
  return new DataView(memory.buffer, memory.byteOffset, memory.length);
}
