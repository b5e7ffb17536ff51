import type { Runtime } from '../../src/exporter/runtime.ts';

interface Timer {
  readonly dueMillis: number;
  readonly task: () => void;
}

/** A runtime whose time stands still until a test moves it, with the same random numbers every time. */
export class FakeRuntime implements Runtime {
  /** Added at each look at the clock: makes work take time. */
  clockStepMillis = 0;
  /** Holds on the process that were not released. */
  holds = 0;
  /** Unix time at the start. */
  wallStartMillis: number = Date.UTC(2026, 0, 2, 3, 4, 5);
  /** How often deferred work ran. */
  turns = 0;
  #nowMillis = 1000;
  #seed: number;
  #timers: Timer[] = [];
  #deferred: (() => void)[] = [];

  constructor(seed = 1) {
    this.#seed = seed;
  }

  /** Timers that wait, by the time left. */
  get pendingTimers(): number[] {
    return this.#timers.map(({ dueMillis }) => dueMillis - this.#nowMillis);
  }

  monotonicMillis(): number {
    this.#nowMillis += this.clockStepMillis;
    return this.#nowMillis;
  }

  wallMillis(): number {
    return this.wallStartMillis + this.#nowMillis;
  }

  /** Mulberry32. */
  random(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  startTimer(task: () => void, delayMillis: number): () => void {
    if (!(delayMillis >= 0 && delayMillis <= 2_147_483_647)) {
      throw new RangeError(`No timer of Node.js waits ${delayMillis} ms`);
    }
    const timer: Timer = { dueMillis: this.#nowMillis + delayMillis, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  defer(task: () => void): void {
    this.#deferred.push(task);
  }

  holdProcess(): () => void {
    this.holds += 1;
    return () => {
      this.holds -= 1;
    };
  }

  /** Runs deferred work and all that follows from it, without moving the time. */
  async settle(): Promise<void> {
    await microtasks();
    for (let task = this.#deferred.shift(); task !== undefined; task = this.#deferred.shift()) {
      this.turns += 1;
      task();
      await microtasks();
    }
  }

  /** Moves the time, running what becomes due in its order. */
  async advance(millis: number): Promise<void> {
    await this.settle();
    const endMillis = this.#nowMillis + millis;
    for (let next = this.#firstTimer(); next !== undefined; next = this.#firstTimer()) {
      const { dueMillis, task } = next;
      if (dueMillis > endMillis) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#nowMillis = Math.max(this.#nowMillis, dueMillis);
      task();
      await this.settle();
    }
    this.#nowMillis = Math.max(this.#nowMillis, endMillis);
  }

  /** Moves the time until `promise` is settled, at most so far. */
  async advanceUntil<T>(promise: Promise<T>, maxMillis = 3_600_000): Promise<T> {
    let isSettled = false;
    const note = (): void => {
      isSettled = true;
    };
    promise.then(note, note);
    await this.settle();
    const endMillis = this.#nowMillis + maxMillis;
    while (!isSettled) {
      const next = this.#firstTimer();
      if (next === undefined || next.dueMillis > endMillis) {
        throw new Error(`Nothing left to wait for after ${this.#nowMillis} ms`);
      }
      await this.advance(Math.max(0, next.dueMillis - this.#nowMillis));
    }
    return promise;
  }

  #firstTimer(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (first === undefined || timer.dueMillis < first.dueMillis) first = timer;
    }
    return first;
  }
}

/** Ends when no promise reaction is left to run. */
function microtasks(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
