import type { DropReason } from '../send/send-outcome.ts';

export type RecordFate =
  | { readonly status: 'delivered' }
  | { readonly status: 'dropped'; readonly reason: DropReason; readonly error: Error };

/** A record sent in parts: delivered when all parts are, dropped when one of them is. */
export class SplitRecord {
  readonly #onDecided: (fate: RecordFate) => void;
  #undecidedParts: number;
  #failure: RecordFate | undefined;

  constructor(partCount: number, onDecided: (fate: RecordFate) => void) {
    this.#undecidedParts = partCount;
    this.#onDecided = onDecided;
  }

  /** A part became several. */
  addParts(count: number): void {
    this.#undecidedParts += count;
  }

  decidePart(fate: RecordFate): void {
    if (fate.status === 'dropped') this.#failure ??= fate;
    this.#undecidedParts -= 1;
    if (this.#undecidedParts === 0) this.#onDecided(this.#failure ?? fate);
  }
}
