import type { PackLimits } from './pack-limits.ts';
import type { PackedEntry } from './packed-entry.ts';

/** A request that still takes entries; each limit is checked before an entry goes in. */
export class OpenRequest<E extends PackedEntry> {
  readonly #limits: PackLimits;
  /** One inner list for each entry of the service; longer than one only with aggregation. */
  readonly #groups: E[][] = [];
  #bytes = 0;
  #groupBytes = 0;
  #earliestMillis = Number.POSITIVE_INFINITY;
  #latestMillis = Number.NEGATIVE_INFINITY;

  constructor(limits: PackLimits) {
    this.#limits = limits;
  }

  get firstEntry(): E | undefined {
    return this.#groups[0]?.[0];
  }

  get isFull(): boolean {
    return this.#groups.length >= this.#limits.maxEntries && this.#limits.aggregate === undefined;
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
    if (this.#joinsLastGroup(entryBytes)) return this.#bytes + entryBytes <= maxRequestBytes;
    return (
      this.#groups.length < maxEntries &&
      this.#bytes + entryBytes + entryOverheadBytes <= maxRequestBytes
    );
  }

  add(entry: E): void {
    const entryBytes = entry.bytes.length;
    const lastGroup = this.#groups.at(-1);
    if (lastGroup !== undefined && this.#joinsLastGroup(entryBytes)) {
      lastGroup.push(entry);
      this.#groupBytes += entryBytes;
      this.#bytes += entryBytes;
    } else {
      this.#groups.push([entry]);
      this.#groupBytes = entryBytes;
      this.#bytes += entryBytes + (this.#limits.entryOverheadBytes ?? 0);
    }
    this.#earliestMillis = Math.min(this.#earliestMillis, entry.timeMillis);
    this.#latestMillis = Math.max(this.#latestMillis, entry.timeMillis);
  }

  /** The entries as the service gets them: `combine` makes one of each group. */
  close(combine: (lines: readonly E[]) => E): E[] {
    return this.#groups.map(combine);
  }

  #joinsLastGroup(entryBytes: number): boolean {
    const { aggregate } = this.#limits;
    const lastGroup = this.#groups.at(-1);
    return (
      aggregate !== undefined &&
      lastGroup !== undefined &&
      lastGroup.length < aggregate.maxLines &&
      this.#groupBytes + entryBytes <= aggregate.maxBytes
    );
  }
}
