/** Of the bound: a record is taken whole while there is any room, unless it is that large. */
const MAX_SHARE = 1.1;

/** Bytes held for records on their way, in all and by target, against a bound. */
export class MemoryBudget<T> {
  readonly #maxBytes: number;
  readonly #onRoom: () => void;
  readonly #byTarget = new Map<T, number>();
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

  /**
   * True when so many bytes more pass the bound by no more than a tenth. A single record that is larger than
   * that has room where nothing else is held. Who is told no hears of the room that comes.
   */
  hasRoomFor(bytes: number): boolean {
    const hasRoom = this.#usedBytes === 0 || this.#usedBytes + bytes <= MAX_SHARE * this.#maxBytes;
    if (!hasRoom) this.#wantedBytes = bytes;
    return hasRoom;
  }

  /** What a target holds, as a multiple of what is left for all: above 1 it holds more than its share. */
  shareOf(target: T): number {
    const freeBytes = Math.max(1, this.#maxBytes - this.#usedBytes);
    return (this.#byTarget.get(target) ?? 0) / freeBytes;
  }

  take(target: T, bytes: number): void {
    this.#usedBytes += bytes;
    this.#byTarget.set(target, (this.#byTarget.get(target) ?? 0) + bytes);
  }

  release(target: T, bytes: number): void {
    const wasFull = this.isFull;
    this.#usedBytes -= bytes;
    const left = (this.#byTarget.get(target) ?? 0) - bytes;
    if (left > 0) this.#byTarget.set(target, left);
    else this.#byTarget.delete(target);
    if (this.isFull) return;
    const wanted = this.#wantedBytes;
    const hasWanted = wanted !== undefined && this.hasRoomFor(wanted);
    if (hasWanted) this.#wantedBytes = undefined;
    if (wasFull || hasWanted) this.#onRoom();
  }
}
