/** What eight calls of a usual size use at a time. */
const KEPT_BYTES = 8 * 1024 * 1024;
const SMALLEST_BYTES = 64 * 1024;

/**
 * Memory for the bodies of calls, used again once a body has left the process.
 *
 * A fresh megabyte for each call costs more than filling it: pages to touch, and a garbage collection of the
 * application's whole heap each few calls.
 */
export class BodyBuffers {
  readonly #free: Buffer[] = [];
  readonly #keptBytes: number;
  #freeBytes = 0;

  /** @param keptBytes Free memory is kept up to here. */
  constructor(keptBytes: number = KEPT_BYTES) {
    this.#keptBytes = keptBytes;
  }

  /** At least so many bytes; what is in them is left over. */
  take(bytes: number): Buffer {
    const index = this.#smallestFor(bytes);
    const [buffer] = index === -1 ? [] : this.#free.splice(index, 1);
    if (buffer === undefined) return Buffer.allocUnsafeSlow(roundUp(bytes));
    this.#freeBytes -= buffer.length;
    return buffer;
  }

  /** Only for memory that nobody reads any more, neither the caller nor a socket. */
  giveBack(buffer: Buffer): void {
    if (buffer.length > this.#keptBytes) return;
    this.#free.push(buffer);
    this.#freeBytes += buffer.length;
    while (this.#freeBytes > this.#keptBytes) this.#freeBytes -= this.#free.shift()?.length ?? 0;
  }

  #smallestFor(bytes: number): number {
    let best = -1;
    let bestBytes = Number.POSITIVE_INFINITY;
    for (const [index, { length }] of this.#free.entries()) {
      if (length < bytes || length >= bestBytes) continue;
      best = index;
      bestBytes = length;
    }
    return best;
  }
}

/** Few different sizes, so that a free one fits the next body; pages that are not touched cost nothing. */
function roundUp(bytes: number): number {
  if (bytes > KEPT_BYTES) return bytes;
  let size = SMALLEST_BYTES;
  while (size < bytes) size *= 2;
  return size;
}
