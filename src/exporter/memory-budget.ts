/** Bytes held for records on their way, in all and by target, against a bound. */
export class MemoryBudget<T> {
  readonly #maxBytes: number;
  readonly #onRoom: () => void;
  readonly #byTarget = new Map<T, number>();
  #usedBytes = 0;

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
    if (wasFull && !this.isFull) this.#onRoom();
  }
}
