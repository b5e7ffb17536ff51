import type { DropReason } from '../send/send-outcome.ts';
import type { StoredPlace } from './loaded-file.ts';

export type RecordFate =
  | { readonly status: 'delivered' }
  | { readonly status: 'dropped'; readonly reason: DropReason; readonly error: Error };

export interface SplitRecordOwner {
  /** All parts are decided. `storedCount` is 1 for a record that was on disk, else 0. */
  decided(fate: RecordFate, storedCount: number): void;
  /** A part was left to the disk: the record is not decided in this round. Told once. */
  leftToDisk?(cause: Error): void;
  /** A call of `export` waits for it. Default: false. */
  readonly isAwaited?: boolean;
}

/**
 * A record sent in parts: delivered when all parts are, dropped when one of them is.
 *
 * On disk a part that is delivered is forgotten at once, but the one that counts for the record and those that are
 * dropped stay until all are decided: after a crash they are sent again, and the record is counted as it deserves.
 */
export class SplitRecord {
  readonly #owner: SplitRecordOwner;
  readonly #kept: StoredPlace[] = [];
  #undecidedParts: number;
  #failure: RecordFate | undefined;
  #storedCount = 0;
  #isLeft = false;

  constructor(partCount: number, owner: SplitRecordOwner) {
    this.#undecidedParts = partCount;
    this.#owner = owner;
  }

  get isAwaited(): boolean {
    return this.#owner.isAwaited ?? false;
  }

  decidePart(fate: RecordFate, place?: StoredPlace): void {
    if (fate.status === 'dropped') this.#failure ??= fate;
    if (place !== undefined) {
      this.#storedCount = 1;
      if (fate.status === 'dropped' || place.isCounted) this.#kept.push(place);
      else place.file.decide(place.index);
    }
    this.#end();
  }

  /** The part is given up here, and stays on disk. */
  leavePart({ file }: StoredPlace, cause: Error): void {
    file.giveBack();
    this.leave(cause);
    this.#end();
  }

  /** None of its parts is in memory from now on, or not all of them. */
  leave(cause: Error): void {
    if (this.#isLeft) return;
    this.#isLeft = true;
    this.#owner.leftToDisk?.(cause);
  }

  #end(): void {
    this.#undecidedParts -= 1;
    if (this.#undecidedParts > 0) return;
    if (this.#isLeft) {
      for (const { file } of this.#kept) file.giveBack();
      return;
    }
    this.#owner.decided(this.#failure ?? { status: 'delivered' }, this.#storedCount);
    for (const { file, index } of this.#kept) file.decide(index);
  }
}
