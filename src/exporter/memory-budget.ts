/** Of the bound: a record is taken whole while there is any room, unless it is that large. */
const MAX_SHARE = 1.1;

interface TargetMemory<T> {
  readonly target: T;
  bytes: number;
}

/** Bytes held for records on their way, in all and by target, against a bound. */
export class MemoryBudget<T> {
  readonly #maxBytes: number;
  readonly #onRoom: () => void;
  readonly #byTarget = new Map<T, TargetMemory<T>>();
  /** Records of one target often come one after the other. */
  #last: TargetMemory<T> | undefined;
  #usedBytes = 0;
  /** Asked for in vain. */
  #wantedBytes: number | undefined;

  constructor(maxBytes: number, onRoom: () => void) {
    this.#maxBytes = maxBytes;
    this.#onRoom = onRoom;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  get freeBytes(): number {
    return Math.max(0, this.#maxBytes - this.#usedBytes);
  }

  get isFull(): boolean {
    return this.#usedBytes >= this.#maxBytes;
  }

  /** A record waits for room. */
  get isWanted(): boolean {
    return this.#wantedBytes !== undefined;
  }

  /**
   * True when so many bytes more pass the bound by no more than a tenth. A single record that is larger than
   * that has room where nothing else is held. Who is told no hears of the room that comes.
   */
  hasRoomFor(bytes: number): boolean {
    const hasRoom = this.#usedBytes === 0 || this.#usedBytes + bytes <= MAX_SHARE * this.#maxBytes;
    this.#wantedBytes = hasRoom ? undefined : bytes;
    return hasRoom;
  }

  /** What a target holds, as a multiple of what is left for all: above 1 it holds more than its share. */
  shareOf(target: T): number {
    const freeBytes = Math.max(1, this.#maxBytes - this.#usedBytes);
    return (this.#byTarget.get(target)?.bytes ?? 0) / freeBytes;
  }

  take(target: T, bytes: number): void {
    this.#usedBytes += bytes;
    if (this.#last?.target !== target) this.#last = this.#memoryOf(target);
    this.#last.bytes += bytes;
  }

  release(target: T, bytes: number): void {
    const wasFull = this.isFull;
    this.#usedBytes -= bytes;
    const memory = this.#byTarget.get(target);
    if (memory !== undefined) {
      memory.bytes -= bytes;
      if (memory.bytes <= 0) this.#forget(memory);
    }
    if (this.isFull) return;
    const wanted = this.#wantedBytes;
    const hasWanted = wanted !== undefined && this.hasRoomFor(wanted);
    if (wasFull || hasWanted) this.#onRoom();
  }

  #memoryOf(target: T): TargetMemory<T> {
    const known = this.#byTarget.get(target);
    if (known !== undefined) return known;
    const memory = { target, bytes: 0 };
    this.#byTarget.set(target, memory);
    return memory;
  }

  #forget(memory: TargetMemory<T>): void {
    this.#byTarget.delete(memory.target);
    if (this.#last === memory) this.#last = undefined;
  }
}
