/** Whoever finds the local services can send them any number. */
const MAX_LINE = 100_000_000;

/** How often each numbered line arrived: a byte a line, so that days of them fit into memory. */
export class LineCounts {
  #counts = new Uint8Array(1_024);
  /** Different lines. */
  distinctCount = 0;

  add(line: number): void {
    if (!Number.isInteger(line) || line < 1 || line > MAX_LINE) return;
    if (line >= this.#counts.length) this.#grow(line + 1);
    const count = this.#counts[line] ?? 0;
    if (count === 0) this.distinctCount += 1;
    if (count < 255) this.#counts[line] = count + 1;
  }

  /** Of the lines from 1 to `last`: how many never arrived, and how many more than once. */
  compare(last: number): { readonly missing: number; readonly repeated: number } {
    let missing = 0;
    let repeated = 0;
    for (let line = 1; line <= last; line += 1) {
      const count = this.#counts[line] ?? 0;
      if (count === 0) missing += 1;
      else if (count > 1) repeated += 1;
    }
    return { missing, repeated };
  }

  #grow(length: number): void {
    const grown = new Uint8Array(Math.max(length, 2 * this.#counts.length));
    grown.set(this.#counts);
    this.#counts = grown;
  }
}
