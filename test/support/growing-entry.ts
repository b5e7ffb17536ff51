import { SlabEntry } from '../../src/pack/slab-entry.ts';

/** Takes in what its test says. */
export class GrowingEntry extends SlabEntry {
  readonly recordCount = 1;
  readonly timeMillis = 0;
  readonly sequence = 1;
  readonly slab = undefined;
  #lengths: number[] | undefined;

  protected override get partLengths(): readonly number[] | undefined {
    return this.#lengths;
  }

  takeIn(length: number, byteCount: number = length): void {
    this.#lengths ??= [this.length];
    this.#lengths.push(length);
    this.extend(length, byteCount);
  }
}
