/** What becomes of a file's entries on disk, told file by file. */
export interface LoadedFileOwner {
  /** These entries need not be sent again. */
  decide(indexes: readonly number[]): void;
  /** An entry was given back, others may be in memory still. Told once. */
  parted(): void;
  /** No entry of the file is in memory any more, and some of them are still to be sent: from disk, later. */
  unload(): void;
  /** No entry of the file is in memory any more, for one reason or the other. */
  left(): void;
}

/** A file of the spool of which entries are in memory. */
export class LoadedFile {
  /** Monotonic time after which its records are too old to be sent. */
  readonly expiresAtMillis: number;
  readonly #owner: LoadedFileOwner;
  #inMemory: number;
  #isIncomplete = false;
  #decided: number[] = [];

  constructor(entryCount: number, expiresAtMillis: number, owner: LoadedFileOwner) {
    this.#inMemory = entryCount;
    this.expiresAtMillis = expiresAtMillis;
    this.#owner = owner;
  }

  /** The entry is delivered or dropped. */
  decide(index: number): void {
    // A request decides many entries in one go: the disk hears of them together.
    if (this.#decided.length === 0) queueMicrotask(() => this.#tell());
    this.#decided.push(index);
    this.#leave();
  }

  /** The entry is given up here, but stays on disk. */
  giveBack(): void {
    if (!this.#isIncomplete) this.#owner.parted();
    this.#isIncomplete = true;
    this.#leave();
  }

  #leave(): void {
    this.#inMemory -= 1;
    if (this.#inMemory > 0) return;
    this.#tell();
    if (this.#isIncomplete) this.#owner.unload();
    this.#owner.left();
  }

  #tell(): void {
    const decided = this.#decided;
    this.#decided = [];
    if (decided.length > 0) this.#owner.decide(decided);
  }
}

/** Where an entry is on disk. */
export interface StoredPlace {
  readonly file: LoadedFile;
  readonly index: number;
  /** The part of a split record that counts for it on disk. */
  readonly isCounted?: boolean;
}
