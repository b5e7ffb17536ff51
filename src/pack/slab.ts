/** Where memory comes from that is used again. */
export interface MemorySource {
  /** At least so many bytes; what is in them is left over. */
  take(bytes: number): Buffer;
  /** Only for memory that nobody reads any more. */
  giveBack(memory: Buffer): void;
}

/** Memory that entries share. It goes back to where it came from when none of them needs it any more. */
export class Slab {
  readonly memory: Buffer;
  readonly #source: MemorySource;
  #entries = 0;
  #isClosed = false;
  /** Its memory is with others, or nobody knows who still reads it. */
  #isGone = false;

  constructor(source: MemorySource, sizeBytes: number) {
    this.#source = source;
    this.memory = source.take(sizeBytes);
  }

  /** One more entry lies in it. */
  hold(): void {
    this.#entries += 1;
  }

  /** So many of its entries are read by nobody any more. Who is not sure never says so. */
  release(entries: number): void {
    this.#entries -= entries;
    // Somebody said it twice, so one of the others may still be read.
    if (this.#entries < 0) this.#isGone = true;
    this.#giveBackIfFree();
  }

  /** No further entry comes. */
  close(): void {
    this.#isClosed = true;
    this.#giveBackIfFree();
  }

  #giveBackIfFree(): void {
    if (this.#isGone || !this.#isClosed || this.#entries > 0) return;
    this.#isGone = true;
    this.#source.giveBack(this.memory);
  }
}
