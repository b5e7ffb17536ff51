import type { PackLimits } from './pack-limits.ts';
import type { PackedEntry } from './packed-entry.ts';
import { byteCountOf } from './slab-entry.ts';

/** A request that still takes entries; each limit is checked before an entry goes in. */
export class OpenRequest<E extends PackedEntry> {
  readonly #limits: PackLimits;
  readonly #combine: (lines: readonly E[]) => E;
  /** The entries of the service that take no more. */
  readonly #closed: E[] = [];
  /** The lines of the last entry of the service, which takes more: only with aggregation. */
  #lines: E[] = [];
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
    return aggregate === undefined && this.#closed.length >= maxEntries;
  }

  fitsSpan(timeMillis: number): boolean {
    const { maxSpanMillis } = this.#limits;
    if (maxSpanMillis === undefined) return true;
    const earliest = Math.min(this.#earliestMillis, timeMillis);
    const latest = Math.max(this.#latestMillis, timeMillis);
    return latest - earliest < maxSpanMillis;
  }

  fitsSize(entryBytes: number): boolean {
    const { entryOverheadBytes = 0, maxEntries, maxRequestBytes } = this.#limits;
    if (this.#joinsLines(entryBytes)) return this.#bytes + entryBytes <= maxRequestBytes;
    const count = this.#closed.length + (this.#lines.length > 0 ? 1 : 0);
    return count < maxEntries && this.#bytes + entryBytes + entryOverheadBytes <= maxRequestBytes;
  }

  add(entry: E): void {
    const entryBytes = byteCountOf(entry);
    this.#earliestMillis = Math.min(this.#earliestMillis, entry.timeMillis);
    this.#latestMillis = Math.max(this.#latestMillis, entry.timeMillis);
    this.#bytes += entryBytes;
    if (this.#joinsLines(entryBytes)) {
      this.#lines.push(entry);
      this.#lineBytes += entryBytes;
      return;
    }
    this.#bytes += this.#limits.entryOverheadBytes ?? 0;
    if (this.#limits.aggregate === undefined) {
      this.#closed.push(this.#combine([entry]));
      return;
    }
    this.#closeLines();
    this.#lines.push(entry);
    this.#lineBytes = entryBytes;
  }

  /** The entries as the service gets them. */
  close(): E[] {
    this.#closeLines();
    return this.#closed;
  }

  /** As soon as they take no more, so that closing a large request is no long piece of work. */
  #closeLines(): void {
    if (this.#lines.length === 0) return;
    this.#closed.push(this.#combine(this.#lines));
    this.#lines = [];
  }

  #joinsLines(entryBytes: number): boolean {
    const { aggregate } = this.#limits;
    return (
      aggregate !== undefined &&
      this.#lines.length > 0 &&
      this.#lines.length < aggregate.maxLines &&
      this.#lineBytes + entryBytes <= aggregate.maxBytes
    );
  }
}
