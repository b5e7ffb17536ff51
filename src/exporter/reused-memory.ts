import type { Clock } from '../send/clock.ts';
import { keptBytes } from './kept-memory.ts';

const SMALLEST_BYTES = 64 * 1024;
/** A much larger one is not pinned by little. */
const MAX_TIMES_LARGER = 4;
/** What was free all this time is not needed: an application that logs has other uses for it. */
const SURPLUS_AFTER_MILLIS = 30_000;

/**
 * Memory for the records of requests and for the bodies of calls, used again once they have left the process.
 *
 * A fresh megabyte for each call costs more than filling it: pages to touch, and a garbage collection of the
 * application's whole heap each few calls, in which nothing else can run.
 */
export class ReusedMemory {
  /** The one given back last is the last. Its length is kept beside: who transferred the memory left none of it. */
  readonly #free: { readonly buffer: Buffer; readonly bytes: number }[] = [];
  /** Only what is in use can be given back: twice the same would be two bodies in one memory. */
  readonly #inUse = new WeakSet<Buffer>();
  readonly #keptBytes: number;
  readonly #alwaysKeptBytes: number;
  #bytesLeft: () => number = () => Number.POSITIVE_INFINITY;
  #clock: Pick<Clock, 'startTimer'> | undefined;
  #freeBytes = 0;
  /** The least since surplus was last dropped. */
  #leastFreeBytes = 0;
  #isWatched = false;

  /**
   * @param keptBytes Free memory is kept up to here.
   * @param alwaysKeptBytes Up to here also where nothing is left.
   */
  constructor(keptBytes: number, alwaysKeptBytes = 0) {
    this.#keptBytes = keptBytes;
    this.#alwaysKeptBytes = alwaysKeptBytes;
  }

  /**
   * From now on no more is kept than `bytesLeft` answers, but for what is always kept, as looked at with each use; and
   * what was not needed for a while is let go.
   */
  limitTo(bytesLeft: () => number, clock: Pick<Clock, 'startTimer'>): void {
    this.#bytesLeft = bytesLeft;
    this.#clock = clock;
  }

  /** At least so many bytes; what is in them is left over. */
  take(bytes: number): Buffer {
    // Never kept, so there is no use in a size that fits others too.
    if (bytes > this.#keptBytes) return Buffer.allocUnsafeSlow(bytes);
    const size = roundUp(bytes);
    const buffer = this.#takeFree(bytes, size) ?? Buffer.allocUnsafeSlow(size);
    this.#inUse.add(buffer);
    this.#trim();
    return buffer;
  }

  /** Only for memory that nobody reads any more, neither the caller nor a socket. */
  giveBack(buffer: Buffer): void {
    if (!this.#inUse.delete(buffer) || buffer.length > this.#keptBytes) return;
    const bytes = buffer.length;
    this.#free.push({ buffer, bytes });
    this.#freeBytes += bytes;
    this.#trim();
    this.#watch();
  }

  /** Lets go of what was free ever since this was called last; true while something is left. */
  dropSurplus(): boolean {
    this.#trim();
    let surplusBytes = this.#leastFreeBytes;
    for (let [oldest] = this.#free; oldest !== undefined; [oldest] = this.#free) {
      surplusBytes -= oldest.bytes;
      if (surplusBytes < 0) break;
      this.#dropOldest();
    }
    this.#leastFreeBytes = this.#freeBytes;
    this.#isWatched = this.#free.length > 0;
    return this.#isWatched;
  }

  #watch(): void {
    if (this.#isWatched || this.#clock === undefined) return;
    this.#isWatched = true;
    this.#leastFreeBytes = this.#freeBytes;
    dropSurplusLater(new WeakRef(this), this.#clock);
  }

  #trim(): void {
    const leftBytes = Math.max(this.#alwaysKeptBytes, this.#bytesLeft());
    const maxBytes = Math.min(this.#keptBytes, leftBytes);
    while (this.#freeBytes > maxBytes) this.#dropOldest();
    this.#leastFreeBytes = Math.min(this.#leastFreeBytes, this.#freeBytes);
  }

  /** The one that was not used for the longest time. */
  #dropOldest(): void {
    this.#freeBytes -= this.#free.shift()?.bytes ?? 0;
  }

  #takeFree(bytes: number, size: number): Buffer | undefined {
    const index = this.#bestFor(bytes, size);
    if (index === -1) return undefined;
    const [found] = this.#free.splice(index, 1);
    this.#freeBytes -= found?.bytes ?? 0;
    return found?.buffer;
  }

  /** The smallest one; of several the one used last, which may still be in the processor's cache. */
  #bestFor(bytes: number, size: number): number {
    let best = -1;
    let bestBytes = size * MAX_TIMES_LARGER + 1;
    for (let index = this.#free.length - 1; index >= 0; index -= 1) {
      const length = this.#free[index]?.buffer.length ?? 0;
      if (length === size) return index;
      if (length < bytes || length >= bestBytes) continue;
      best = index;
      bestBytes = length;
    }
    return best;
  }
}

/** Weakly: the timer must not hold the memory of an exporter that is no longer in use. */
function dropSurplusLater(memory: WeakRef<ReusedMemory>, clock: Pick<Clock, 'startTimer'>): void {
  clock.startTimer(() => {
    if (memory.deref()?.dropSurplus() === true) dropSurplusLater(memory, clock);
  }, SURPLUS_AFTER_MILLIS);
}

/**
 * Memory for the bodies of a destination, and for the entries of its exporter.
 *
 * @param maxBufferedBytes The option as it was given.
 */
export function reusedMemoryFor(maxBufferedBytes: number | undefined): ReusedMemory {
  return new ReusedMemory(
    keptBytes('reused', maxBufferedBytes),
    keptBytes('bodies', maxBufferedBytes),
  );
}

/** Few different sizes, so that a free one fits the next body, yet at most a quarter is left over. */
function roundUp(bytes: number): number {
  let size = SMALLEST_BYTES;
  while (size < bytes) size *= 2;
  if (size === SMALLEST_BYTES) return size;
  const step = size / 8;
  return Math.ceil(bytes / step) * step;
}
