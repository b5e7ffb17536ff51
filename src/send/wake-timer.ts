import { type Clock, MAX_TIMER_MILLIS } from './clock.ts';

/** One timer for many reasons to wake up: it fires at the earliest. */
export class WakeTimer {
  readonly #clock: Clock;
  readonly #onWake: () => void;
  #wakeMillis = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => {};

  constructor(clock: Clock, onWake: () => void) {
    this.#clock = clock;
    this.#onWake = onWake;
  }

  /** Fires at `atMillis` of the monotonic clock or before. */
  arm(atMillis: number): void {
    if (atMillis >= this.#wakeMillis) return;
    this.#cancel();
    this.#wakeMillis = atMillis;
    const leftMillis = Math.ceil(atMillis - this.#clock.monotonicMillis());
    // Whoever is woken too soon arms it again.
    const delayMillis = Math.min(MAX_TIMER_MILLIS, Math.max(1, leftMillis));
    this.#cancel = this.#clock.startTimer(() => {
      this.#wakeMillis = Number.POSITIVE_INFINITY;
      this.#onWake();
    }, delayMillis);
  }

  cancel(): void {
    this.#cancel();
    this.#wakeMillis = Number.POSITIVE_INFINITY;
  }
}
