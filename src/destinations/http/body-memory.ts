import { joinBytes, joinedPlaceOf } from '../../exporter/join-bytes.ts';
import type { ReusedMemory } from '../../exporter/reused-memory.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';

/** A smaller body is not worth the piece of memory that is kept for it. */
const MIN_REUSED_BYTES = 32 * 1024;

/** The memory of one body, which may be used for another one when nobody reads it any more. */
export class BodyMemory {
  readonly #buffers: ReusedMemory;
  #release = (): void => {};

  constructor(buffers: ReusedMemory) {
    this.#buffers = buffers;
  }

  /** The bytes of all entries, one after the other: where they lie, if they lie so. Called once. */
  join(entries: readonly PackedEntry[]): Uint8Array {
    const place = joinedPlaceOf(entries);
    if (place === undefined) return joinBytes(entries, (bytes) => this.#take(bytes));
    const { bytes, slab } = place;
    // Delivered, the entries let go of it while a connection may still read it.
    slab?.hold();
    this.#release = () => slab?.release(1);
    return bytes;
  }

  release(): void {
    this.#release();
    this.#release = () => {};
  }

  #take(bytes: number): Buffer {
    if (bytes < MIN_REUSED_BYTES) return Buffer.allocUnsafeSlow(bytes);
    const buffer = this.#buffers.take(bytes);
    this.#release = () => this.#buffers.giveBack(buffer);
    return buffer.subarray(0, bytes);
  }
}
