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

  get isFull(): boolean {
    return this.#usedBytes >= this.#maxBytes;
  }

  /** True when a target holds more than is left for all others together. */
  isOverShare(target: T): boolean {
    return (this.#byTarget.get(target) ?? 0) > this.#maxBytes - this.#usedBytes;
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
