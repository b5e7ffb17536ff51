import type { BodyBuffers } from '../../exporter/body-buffers.ts';

/** A smaller body is not worth the piece of memory that is kept for it. */
const MIN_REUSED_BYTES = 32 * 1024;

/** The memory of one body, which may be used for another one when nobody reads it any more. */
export class BodyMemory {
  readonly #buffers: BodyBuffers;
  #buffer: Buffer | undefined;

  constructor(buffers: BodyBuffers) {
    this.#buffers = buffers;
  }

  /** Called once. */
  take(bytes: number): Buffer {
    if (bytes < MIN_REUSED_BYTES) return Buffer.allocUnsafeSlow(bytes);
    this.#buffer = this.#buffers.take(bytes);
    return this.#buffer.subarray(0, bytes);
  }

  release(): void {
    if (this.#buffer !== undefined) this.#buffers.giveBack(this.#buffer);
    this.#buffer = undefined;
  }
}
