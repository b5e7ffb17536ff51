import { heldBytesOf } from './held-bytes.ts';
import type { EntryLine } from './tracked-entry.ts';

/** What all records of a run have in common; the sequence is the first one's, and of tickets each has one. */
export type RunStart = Pick<
  EntryLine,
  'acceptedAtMillis' | 'packedAtMillis' | 'sequence' | 'tickets'
>;

/**
 * Records that lie one after the other in one entry: of each only what tells it from the others. An object for
 * each is made when they part, which is seldom.
 */
export class RecordRun {
  readonly #start: RunStart;
  readonly #lengths: number[] = [];
  readonly #byteCounts: number[] = [];
  readonly #times: number[] = [];

  constructor(start: RunStart) {
    this.#start = start;
  }

  /** What each takes of the memory. */
  get lengths(): readonly number[] {
    return this.#lengths;
  }

  /** @param length What it takes of the memory: more than `byteCount` with a frame, or where it lies nested. */
  add(length: number, byteCount: number, timeMillis: number): void {
    this.#lengths.push(length);
    this.#byteCounts.push(byteCount);
    this.#times.push(timeMillis);
  }

  forEach(visit: (length: number, byteCount: number, timeMillis: number) => void): void {
    for (let index = 0; index < this.#lengths.length; index += 1) {
      visit(this.#lengths[index] ?? 0, this.#byteCounts[index] ?? 0, this.#times[index] ?? 0);
    }
  }

  toLines(): EntryLine[] {
    const { acceptedAtMillis, packedAtMillis, sequence, tickets } = this.#start;
    return this.#lengths.map((length, index) => {
      const timeMillis = this.#times[index] ?? 0;
      return {
        byteCount: this.#byteCounts[index] ?? 0,
        recordCount: 1,
        timeMillis,
        lastTimeMillis: timeMillis,
        acceptedAtMillis,
        packedAtMillis,
        sequence: sequence + index,
        heldBytes: heldBytesOf(length),
        tickets: tickets?.slice(index, index + 1),
      };
    });
  }
}
