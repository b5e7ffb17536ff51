/** Remembers ids, the last ones only, so that nothing is shown twice. */
export class SeenIds {
  readonly #maxCount: number;
  readonly #ids = new Set<string>();

  constructor(maxCount: number) {
    this.#maxCount = maxCount;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Answers true for an id that is new. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    // A set keeps the order in which it was filled.
    const [oldest] = this.#ids.size > this.#maxCount ? this.#ids : [];
    if (oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}
