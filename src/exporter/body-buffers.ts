/** What eight calls of a usual size use at a time. */
const KEPT_BYTES = 8 * 1024 * 1024;
const SMALLEST_BYTES = 64 * 1024;
/** A much larger one is not pinned by little. */
const MAX_TIMES_LARGER = 4;

/**
 * Memory for the bodies of calls, used again once a body has left the process.
 *
 * A fresh megabyte for each call costs more than filling it: pages to touch, and a garbage collection of the
 * application's whole heap each few calls.
 */
export class BodyBuffers {
  readonly #free: Buffer[] = [];
  /** Only what is in use can be given back: twice the same would be two bodies in one memory. */
  readonly #inUse = new WeakSet<Buffer>();
  readonly #keptBytes: number;
  readonly #bytesLeft: () => number;
  #freeBytes = 0;

  /**
   * @param keptBytes Free memory is kept up to here,
   * @param bytesLeft and up to what this answers, as looked at with each use. Default: no further bound.
   */
  constructor(
    keptBytes: number = KEPT_BYTES,
    bytesLeft: () => number = () => Number.POSITIVE_INFINITY,
  ) {
    this.#keptBytes = keptBytes;
    this.#bytesLeft = bytesLeft;
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
    this.#free.push(buffer);
    this.#freeBytes += buffer.length;
    this.#trim();
  }

  #trim(): void {
    const maxBytes = Math.max(0, Math.min(this.#keptBytes, this.#bytesLeft()));
    while (this.#freeBytes > maxBytes) this.#freeBytes -= this.#free.shift()?.length ?? 0;
  }

  #takeFree(bytes: number, size: number): Buffer | undefined {
    const index = this.#bestFor(bytes, size);
    if (index === -1) return undefined;
    const [buffer] = this.#free.splice(index, 1);
    this.#freeBytes -= buffer?.length ?? 0;
    return buffer;
  }

  /** The smallest one; of several the one used last, which may still be in the processor's cache. */
  #bestFor(bytes: number, size: number): number {
    let best = -1;
    let bestBytes = size * MAX_TIMES_LARGER + 1;
    for (let index = this.#free.length - 1; index >= 0; index -= 1) {
      const length = this.#free[index]?.length ?? 0;
      if (length === size) return index;
      if (length < bytes || length >= bestBytes) continue;
      best = index;
      bestBytes = length;
    }
    return best;
  }
}

/** Few different sizes, so that a free one fits the next body, yet at most a quarter is left over. */
function roundUp(bytes: number): number {
  let size = SMALLEST_BYTES;
  while (size < bytes) size *= 2;
  if (size === SMALLEST_BYTES) return size;
  const step = size / 8;
  return Math.ceil(bytes / step) * step;
}
