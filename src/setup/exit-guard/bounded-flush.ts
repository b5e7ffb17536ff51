import { describeError } from '../../describe-error.ts';
import type { Runtime } from '../../exporter/runtime.ts';
import { within } from '../../exporter/within.ts';
import { tell } from '../../report/tell.ts';
import type { ExitGuardOptions } from './exit-guard-options.ts';

/** What is logged while a flush is under way gets another one, so often at most: a flush may itself be logged. */
const MAX_ROUNDS = 5;
/** How often an application that ends by its own handlers is looked after. */
const FOLLOW_MILLIS = 50;

export interface BoundedFlushParts extends Omit<ExitGuardOptions, 'takeRemainder'> {
  readonly flushMillis: number;
  readonly runtime: Pick<Runtime, 'holdProcess' | 'monotonicMillis' | 'startTimer'>;
}

/** Flushes within `flushMillis` and remembers whether there is anything new since. Never rejects. */
export class BoundedFlush {
  readonly #parts: BoundedFlushParts;
  #running: Promise<boolean> | undefined;
  /** The end of the time that the flush has, or had. */
  #endMillis = Number.NEGATIVE_INFINITY;
  /** Of so many records it is known what became of them; at first not even that there are none. */
  #settledCount = -1;
  #vainAtMillis = Number.NEGATIVE_INFINITY;
  #isFollowing = false;

  constructor(parts: BoundedFlushParts) {
    this.#parts = parts;
  }

  /** Something was logged that no flush has seen, unless one was just in vain: the next would be, too. */
  get isDue(): boolean {
    const { flushMillis, runtime } = this.#parts;
    if (this.#count() <= this.#settledCount) return false;
    return runtime.monotonicMillis() - this.#vainAtMillis >= flushMillis;
  }

  /** Sends all, also what is logged meanwhile; false when the time did not suffice. Who comes later joins in. */
  run(): Promise<boolean> {
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Closes what the flush leaves open, in the time that it left. */
  async close(): Promise<void> {
    const { close, runtime } = this.#parts;
    if (close === undefined) return;
    await within(this.#leftMillis(), settled(close), runtime);
  }

  /** Sends what is logged from now on for `flushMillis`, while the application ends in its own way and time. */
  follow(): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    const { flushMillis, runtime } = this.#parts;
    const endMillis = runtime.monotonicMillis() + flushMillis;
    const look = (): void => {
      if (runtime.monotonicMillis() >= endMillis) {
        this.#isFollowing = false;
        return;
      }
      const work = this.isDue ? this.run() : Promise.resolve(true);
      void work.then(() => runtime.startTimer(look, FOLLOW_MILLIS));
    };
    look();
  }

  async #sendAll(): Promise<boolean> {
    const { flush, flushMillis, runtime } = this.#parts;
    this.#endMillis = runtime.monotonicMillis() + flushMillis;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const count = this.#count();
      const leftMillis = this.#leftMillis();
      const work = settled(() => flush(leftMillis));
      if (!(await within(leftMillis, work, runtime))) {
        this.#vainAtMillis = runtime.monotonicMillis();
        return false;
      }
      this.#settledCount = count;
      if (this.#count() <= count) break;
    }
    return true;
  }

  #leftMillis(): number {
    return Math.max(1, this.#endMillis - this.#parts.runtime.monotonicMillis());
  }

  #count(): number {
    return this.#parts.countLogged();
  }
}

/** A flush that fails has ended, too. */
async function settled(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    tell('error', `The flush at the end of the process failed: ${describeError(error)}`);
  }
}
