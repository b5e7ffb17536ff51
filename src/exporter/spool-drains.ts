import type { Spool } from '../spool/spool.ts';
import type { SpoolFile } from '../spool/spool-file.ts';
import type { SpoolTarget } from '../spool/spool-target.ts';

export interface SpoolDrain {
  /** Monotonic time: a target that failed since then is not waited for. */
  readonly sinceMillis: number;
  /** Monotonic time: files that were stored later are not waited for. */
  readonly untilMillis: number;
}

/** A failure of a target counts for so long. */
const JUST_FAILED_MILLIS = 10_000;
/** Targets that are remembered; one that is forgotten is waited for a little longer. */
const MAX_TARGETS = 1024;

/** Knows whether all records are sent that a flush waits for, as far as their targets take them. */
export class SpoolDrains {
  readonly #spool: Pick<Spool, 'nextStored'>;
  readonly #keyOf: (target: SpoolTarget) => string;
  /** Files of which entries are in memory, each with the lane that they are in. */
  readonly #inMemory = new Map<SpoolFile, { readonly inFlight: number }>();
  /** Monotonic time of the last failure by the target's key; absent for one that takes what it gets. */
  readonly #failedMillis = new Map<string, number>();
  #waiting: (SpoolDrain & { readonly resolve: () => void })[] = [];
  #isStopped = false;

  /** @param keyOf The key under which failures of a stored target are told. */
  constructor(spool: Pick<Spool, 'nextStored'>, keyOf: (target: SpoolTarget) => string) {
    this.#spool = spool;
    this.#keyOf = keyOf;
  }

  add(drain: SpoolDrain): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ ...drain, resolve });
      this.check();
    });
  }

  entered(file: SpoolFile, lane: { readonly inFlight: number }): void {
    this.#inMemory.set(file, lane);
  }

  left(file: SpoolFile): void {
    this.#inMemory.delete(file);
  }

  failed(targetKey: string, nowMillis: number): void {
    if (this.#failedMillis.size >= MAX_TARGETS) this.#failedMillis.clear();
    this.#failedMillis.set(targetKey, nowMillis);
    this.check();
  }

  /** Then it makes room for others. */
  hasJustFailed(target: SpoolTarget, nowMillis: number): boolean {
    return this.#failedSince(target, nowMillis - JUST_FAILED_MILLIS);
  }

  succeeded(targetKey: string): void {
    this.#failedMillis.delete(targetKey);
  }

  /** Nothing is sent any more. */
  stop(): void {
    this.#isStopped = true;
    this.check();
  }

  /** Looks again, after something changed. */
  check(): void {
    if (this.#waiting.length === 0) return;
    const drained = this.#waiting.filter((drain) => this.#isDrained(drain));
    this.#waiting = this.#waiting.filter((drain) => !drained.includes(drain));
    for (const { resolve } of drained) resolve();
  }

  #isDrained({ sinceMillis, untilMillis }: SpoolDrain): boolean {
    if (this.#isStopped) return true;
    const isFailing = ({ target }: SpoolFile): boolean => this.#failedSince(target, sinceMillis);
    const isMeant = (file: SpoolFile): boolean => file.bornMillis <= untilMillis;
    for (const [file, { inFlight }] of this.#inMemory) {
      // An answer that nobody waits for any more would be a record sent twice.
      if (isMeant(file) && (inFlight > 0 || !isFailing(file))) return false;
    }
    return this.#spool.nextStored((file) => isMeant(file) && !isFailing(file)) === undefined;
  }

  #failedSince(target: SpoolTarget, millis: number): boolean {
    return (this.#failedMillis.get(this.#keyOf(target)) ?? Number.NEGATIVE_INFINITY) >= millis;
  }
}
