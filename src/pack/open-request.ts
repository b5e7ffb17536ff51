import type { PackLimits } from './pack-limits.ts';
import type { PackedEntry } from './packed-entry.ts';
import { byteCountOf } from './slab-entry.ts';

/** A request that still takes entries; each limit is checked before an entry goes in. */
export class OpenRequest<E extends PackedEntry> {
  readonly #limits: PackLimits;
  readonly #combine: (lines: readonly E[]) => E;
  /** The entries of the service that take no more. */
  readonly #closed: E[] = [];
  #closedCount = 0;
  /** The lines of the last entry of the service, which takes more: only with aggregation. */
  #lines: E[] = [];
  #lineCount = 0;
  #lineBytes = 0;
  #bytes = 0;
  #earliestMillis = Number.POSITIVE_INFINITY;
  #latestMillis = Number.NEGATIVE_INFINITY;
  readonly firstEntry: E;

  /** @param combine Makes one entry of its lines, one or several. */
  constructor(limits: PackLimits, combine: (lines: readonly E[]) => E, first: E) {
    this.#limits = limits;
    this.#combine = combine;
    this.firstEntry = first;
    this.add(first);
  }

  get isFull(): boolean {
    const { aggregate, maxEntries } = this.#limits;
    return aggregate === undefined && this.#closedCount >= maxEntries;
  }

  /** The one that came last, while it may take in others. */
  get lastEntry(): E | undefined {
    return this.#limits.aggregate === undefined ? this.#closed.at(-1) : this.#lines.at(-1);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes of the last entry of lines, where one of so many would begin the next; undefined where it goes into that. */
  lineBytesBefore(entryBytes: number): number | undefined {
    const isNext = this.#limits.aggregate !== undefined && !this.#joinsLines(entryBytes);
    return isNext ? this.#lineBytes : undefined;
  }

  /** Bytes of the last entry of lines. */
  get lineBytes(): number {
    return this.#lineBytes;
  }

  fitsSpan(timeMillis: number): boolean {
    const { maxSpanMillis } = this.#limits;
    if (maxSpanMillis === undefined) return true;
    const earliest = Math.min(this.#earliestMillis, timeMillis);
    const latest = Math.max(this.#latestMillis, timeMillis);
    return latest - earliest < maxSpanMillis;
  }

  fitsSize(entryBytes: number): boolean {
    const isLine = this.#joinsLines(entryBytes);
    const count = this.#closedCount + (this.#lineCount > 0 ? 1 : 0);
    return (isLine || count < this.#limits.maxEntries) && this.#fitsBytes(entryBytes, isLine);
  }

  add(entry: E): void {
    const entryBytes = byteCountOf(entry);
    const isLine = this.#joinsLines(entryBytes);
    this.#count(entryBytes, entry.timeMillis, isLine);
    if (isLine) {
      this.#lines.push(entry);
      return;
    }
    if (this.#limits.aggregate === undefined) {
      this.#closed.push(this.#combine([entry]));
      return;
    }
    this.#closeLines();
    this.#lines.push(entry);
    this.#lineCount = 1;
    this.#lineBytes = entryBytes;
  }

  /**
   * True when its last entry is this one and may take in one more, of so many bytes: it counts from then on. Not
   * the last one that fits, with which the request is full.
   */
  extend(entry: E, entryBytes: number, timeMillis: number): boolean {
    const isLine = this.#joinsLines(entryBytes);
    const { aggregate, maxEntries } = this.#limits;
    const hasRoom = isLine || (aggregate === undefined && this.#closedCount + 1 < maxEntries);
    if (this.lastEntry !== entry || !hasRoom) return false;
    if (!this.#fitsBytes(entryBytes, isLine) || !this.fitsSpan(timeMillis)) return false;
    this.#count(entryBytes, timeMillis, isLine);
    return true;
  }

  #count(entryBytes: number, timeMillis: number, isLine: boolean): void {
    const { aggregate, maxSpanMillis } = this.#limits;
    if (maxSpanMillis !== undefined) this.#countTime(timeMillis);
    this.#bytes += this.#addedBytes(entryBytes, isLine);
    if (isLine) {
      this.#lineCount += 1;
      this.#lineBytes += entryBytes;
    } else if (aggregate === undefined) this.#closedCount += 1;
  }

  #countTime(timeMillis: number): void {
    this.#earliestMillis = Math.min(this.#earliestMillis, timeMillis);
    this.#latestMillis = Math.max(this.#latestMillis, timeMillis);
  }

  #fitsBytes(entryBytes: number, isLine: boolean): boolean {
    return this.#bytes + this.#addedBytes(entryBytes, isLine) <= this.#limits.maxRequestBytes;
  }

  #addedBytes(entryBytes: number, isLine: boolean): number {
    const { entryOverheadBytes } = this.#limits;
    return isLine || entryOverheadBytes === undefined
      ? entryBytes
      : entryBytes + entryOverheadBytes;
  }

  /** The entries as the service gets them. */
  close(): E[] {
    this.#closeLines();
    return this.#closed;
  }

  /** As soon as they take no more, so that closing a large request is no long piece of work. */
  #closeLines(): void {
    if (this.#lineCount === 0) return;
    this.#closed.push(this.#combine(this.#lines));
    this.#closedCount += 1;
    this.#lines = [];
    this.#lineCount = 0;
  }

  #joinsLines(entryBytes: number): boolean {
    const { aggregate } = this.#limits;
    return (
      aggregate !== undefined &&
      this.#lineCount > 0 &&
      this.#lineCount < aggregate.maxLines &&
      this.#lineBytes + entryBytes <= aggregate.maxBytes
    );
  }
}
