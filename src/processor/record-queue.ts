import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** Places at the front that were emptied, after which the array is made shorter. */
const MIN_EMPTY = 1024;

/** The records that a processor holds, in their order; what leaves it mostly leaves at the front. */
export class RecordQueue {
  #records: (ReadableLogRecord | undefined)[] = [];
  #first = 0;

  get size(): number {
    return this.#records.length - this.#first;
  }

  add(record: ReadableLogRecord): void {
    this.#records.push(record);
  }

  /** Takes out those that left the processor; answers how many of them were here. */
  remove(left: readonly ReadableLogRecord[]): number {
    const sizeBefore = this.size;
    for (const record of left) {
      if (this.#records[this.#first] === record) this.#removeFirst();
      else this.#removeInside(record);
    }
    this.#compact();
    return sizeBefore - this.size;
  }

  takeAll(): ReadableLogRecord[] {
    const all = this.#records.slice(this.#first).filter((record) => record !== undefined);
    this.#records = [];
    this.#first = 0;
    return all;
  }

  #removeFirst(): void {
    // The place is emptied at once: the record must not stay in memory until the array is shortened.
    this.#records[this.#first] = undefined;
    this.#first += 1;
  }

  /** A processor that exports batches side by side may hand them on in another order. */
  #removeInside(record: ReadableLogRecord): void {
    const index = this.#records.indexOf(record, this.#first);
    if (index >= 0) this.#records.splice(index, 1);
  }

  #compact(): void {
    if (this.#first < MIN_EMPTY || this.#first * 2 < this.#records.length) return;
    this.#records.splice(0, this.#first);
    this.#first = 0;
  }
}
