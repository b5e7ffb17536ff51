import { heldBytesOf } from './held-bytes.ts';
import type { EntryLine } from './tracked-entry.ts';

/** What all records of a run have in common; sequence and time are the first one's, and of tickets each has one. */
export type RunStart = Pick<
  EntryLine,
  'acceptedAtMillis' | 'packedAtMillis' | 'sequence' | 'tickets' | 'timeMillis'
>;

const NO_NUMBERS: readonly number[] = [];
/** Length, byte count, and the milliseconds since the first one's time. */
const NUMBERS_A_RECORD = 3;

/**
 * Records that lie one after the other in one entry: of each only what tells it from the others. An object for
 * each is made when they part, which is seldom.
 */
export class RecordRun {
  readonly #start: RunStart;
  // Not `[]`: where V8 has once seen such arrays survive, it makes all others in the old generation from then on. There
  // they are long dead, and their numbers are still taken for alive, until the whole heap is collected.
  readonly #numbers: number[] = NO_NUMBERS.slice();

  constructor(start: RunStart) {
    this.#start = start;
  }

  /** What each takes of the memory. */
  get lengths(): readonly number[] {
    return this.#numbers.filter((_, index) => index % NUMBERS_A_RECORD === 0);
  }

  /** @param length What it takes of the memory: more than `byteCount` with a frame, or where it lies nested. */
  add(length: number, byteCount: number, timeMillis: number): void {
    this.#numbers.push(length, byteCount, timeMillis - this.#start.timeMillis);
  }

  forEach(visit: (length: number, byteCount: number, timeMillis: number) => void): void {
    const numbers = this.#numbers;
    const { timeMillis } = this.#start;
    for (let index = 0; index < numbers.length; index += NUMBERS_A_RECORD) {
      const millisLater = numbers[index + 2] ?? 0;
      visit(numbers[index] ?? 0, numbers[index + 1] ?? 0, timeMillis + millisLater);
    }
  }

  toLines(): EntryLine[] {
    const { acceptedAtMillis, packedAtMillis, sequence, tickets } = this.#start;
    const lines: EntryLine[] = [];
    this.forEach((length, byteCount, timeMillis) => {
      const index = lines.length;
      lines.push({
        byteCount,
        recordCount: 1,
        timeMillis,
        lastTimeMillis: timeMillis,
        acceptedAtMillis,
        packedAtMillis,
        sequence: sequence + index,
        heldBytes: heldBytesOf(length),
        tickets: tickets?.slice(index, index + 1),
      });
    });
    return lines;
  }
}
