import { OpenRequest } from './open-request.ts';
import type { PackLimits } from './pack-limits.ts';
import type { PackedEntry } from './packed-entry.ts';
import { byteCountOf } from './slab-entry.ts';

/**
 * Requests that stay open side by side when entries lie too far apart in time: enough for records of
 * three weeks in any order, so that late records never make requests of one entry each.
 */
const MAX_OPEN_REQUESTS = 32;

/** Puts the entries of one target into requests, in the order they come, each within every limit. */
export class RequestPacker<E extends PackedEntry> {
  #limits: PackLimits;
  readonly #combine: (lines: readonly E[]) => E;
  /** Oldest first. */
  #open: OpenRequest<E>[] = [];
  /** The one that took the last entry, while it is open. */
  #last: OpenRequest<E> | undefined;
  #closedBytes = 0;
  #closedLineBytes: number | undefined;

  constructor(limits: PackLimits, combine: (lines: readonly E[]) => E) {
    this.#limits = limits;
    this.#combine = combine;
  }

  /** Holds for what is added from now on. */
  changeLimits(limits: PackLimits): void {
    this.#limits = limits;
  }

  /**
   * What the request before it has, where an entry of so many bytes begins one, and 0 for the first; undefined where it
   * goes into one that is open.
   */
  bytesBefore(entryBytes: number, timeMillis: number): number | undefined {
    const request = this.#findBySpan(timeMillis);
    if (request?.fitsSize(entryBytes) === true) return undefined;
    return (request ?? this.#last)?.bytes ?? this.#closedBytes;
  }

  /** What the entry of lines before it has, where one of so many bytes begins one; undefined where there was none. */
  lineBytesBefore(entryBytes: number, timeMillis: number): number | undefined {
    const request = this.#findBySpan(timeMillis);
    return request === undefined ? this.#closedLineBytes : request.lineBytesBefore(entryBytes);
  }

  /** The entry that has waited longest in a request that is not closed. */
  get oldestEntry(): E | undefined {
    return this.#open[0]?.firstEntry;
  }

  /** The entry that came last, as long as its request is open. */
  get lastEntry(): E | undefined {
    return this.#last?.lastEntry;
  }

  /** Adds an entry and answers the request that it closed, if any. The entry fits `maxEntryBytes`. */
  add(entry: E): E[] | undefined {
    const { maxEntryBytes } = this.#limits;
    const entryBytes = byteCountOf(entry);
    if (entryBytes > maxEntryBytes) {
      throw new RangeError(
        `An entry of ${entryBytes} bytes cannot be packed: at most ${maxEntryBytes} bytes fit.`,
      );
    }
    let closed: E[] | undefined;
    let request = this.#findBySpan(entry.timeMillis);
    if (request !== undefined && !request.fitsSize(entryBytes)) {
      closed = this.#close(request);
      request = undefined;
    }
    if (request === undefined) {
      const oldest = this.#open[0];
      if (this.#open.length >= MAX_OPEN_REQUESTS && oldest !== undefined) {
        closed = this.#close(oldest);
      }
      request = new OpenRequest(this.#limits, this.#combine, entry);
      this.#open.push(request);
    } else request.add(entry);
    this.#last = request;
    return request.isFull && closed === undefined ? this.#close(request) : closed;
  }

  /**
   * True when the entry that came last may take in one more, of so many bytes, which is packed with that. False when
   * it is to be added by itself.
   */
  extend(entry: E, entryBytes: number, timeMillis: number): boolean {
    return this.#last?.extend(entry, entryBytes, timeMillis) ?? false;
  }

  /** Closes the request that has been open longest. */
  takeOldest(): E[] | undefined {
    const oldest = this.#open[0];
    return oldest === undefined ? undefined : this.#close(oldest);
  }

  #findBySpan(timeMillis: number): OpenRequest<E> | undefined {
    for (let index = this.#open.length - 1; index >= 0; index -= 1) {
      const request = this.#open[index];
      if (request?.fitsSpan(timeMillis) === true) return request;
    }
    return undefined;
  }

  #close(request: OpenRequest<E>): E[] {
    this.#open = this.#open.filter((other) => other !== request);
    if (this.#last === request) this.#last = undefined;
    this.#closedBytes = request.bytes;
    if (this.#limits.aggregate !== undefined) this.#closedLineBytes = request.lineBytes;
    return request.close();
  }
}
