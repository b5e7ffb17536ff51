import type { Clock } from './clock.ts';

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
    const delayMillis = Math.max(1, Math.ceil(atMillis - this.#clock.monotonicMillis()));
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
