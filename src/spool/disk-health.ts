import type { SpoolClock } from './spool-clock.ts';
import type { SpoolEvents } from './spool-events.ts';

/** What may fail on its own. */
export type DiskWork = 'store' | 'load' | 'tidy' | 'adopt';

/** A disk that fails is tried once in this time. */
const PROBE_INTERVAL_MILLIS = 1000;

/** Says once that the disk fails and once that it works again, and keeps stores off it in between. */
export class DiskHealth {
  readonly #events: SpoolEvents;
  readonly #clock: SpoolClock;
  readonly #failing = new Set<DiskWork>();
  #triedMillis = Number.NEGATIVE_INFINITY;
  #lastError: Error | undefined;

  constructor(events: SpoolEvents, clock: SpoolClock) {
    this.#events = events;
    this.#clock = clock;
  }

  /** Why a store was refused last. */
  get lastError(): Error | undefined {
    return this.#lastError;
  }

  /**
   * Whether a store may go to the disk now. While it fails, one in each second may, if no other is under way: one
   * that hangs must not gather more behind it.
   */
  mayStore(storesUnderWay: number): boolean {
    if (!this.#failing.has('store')) return true;
    if (storesUnderWay > 0) return false;
    const now = this.#clock.monotonicMillis();
    if (now - this.#triedMillis < PROBE_INTERVAL_MILLIS) return false;
    this.#triedMillis = now;
    return true;
  }

  failed(work: DiskWork, error: Error): void {
    if (work === 'store') {
      this.#triedMillis = this.#clock.monotonicMillis();
      this.#lastError = error;
    }
    if (this.#failing.has(work)) return;
    this.#failing.add(work);
    this.#events.trouble(error);
  }

  worked(work: DiskWork): void {
    if (!this.#failing.delete(work)) return;
    if (this.#failing.size === 0) this.#events.recovered();
  }
}
