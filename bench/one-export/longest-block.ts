/** Runs beside everything else and sees for how long it was not its turn. */
export class LongestBlock {
  #longestMillis = 0;
  #last: number = performance.now();
  #next: NodeJS.Immediate | undefined;

  constructor() {
    this.#turn();
  }

  /** Ends it; answers the longest time between two turns. */
  stop(): number {
    clearImmediate(this.#next);
    this.#see();
    return this.#longestMillis;
  }

  #turn(): void {
    this.#see();
    this.#next = setImmediate(() => this.#turn());
  }

  #see(): void {
    const now = performance.now();
    this.#longestMillis = Math.max(this.#longestMillis, now - this.#last);
    this.#last = now;
  }
}
