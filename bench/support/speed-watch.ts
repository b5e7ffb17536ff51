import { lookAtSpeed, prepareLooks } from './machine-speed.ts';
import { mainThreadCpuMicros } from './main-thread-cpu.ts';
import { type FullSpeedUse, SpeedStretches } from './speed-stretches.ts';

const SAMPLE_EVERY_MILLIS = 20;
/** A sample that took longer was interrupted: what came between is not its own. */
const MAX_TIMES_FASTEST = 3;

/** Looks all the time, from now on, whether the processor that runs this thread has its full speed. */
export class SpeedWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #stretches = new SpeedStretches();
  #fastestSampleMillis = Number.POSITIVE_INFINITY;

  constructor() {
    prepareLooks();
    this.#timer = setInterval(() => this.#sample(), SAMPLE_EVERY_MILLIS);
  }

  /** What the main thread did at full speed, and the CPU time that looking took. */
  stop(): { readonly fullSpeed: FullSpeedUse; readonly ownMicros: number } {
    clearInterval(this.#timer);
    const { fullSpeed, ownMicros } = this.#stretches;
    return {
      fullSpeed: { ...fullSpeed, fastestSampleMillis: this.#fastestSampleMillis },
      ownMicros,
    };
  }

  #sample(): void {
    const { fastestMillis, isSlow, millis } = lookAtSpeed();
    this.#fastestSampleMillis = fastestMillis;
    this.#stretches.add({
      isSlow,
      // Its time and not its CPU time, which the system counts in steps of some milliseconds.
      ownMicros: Math.min(millis, MAX_TIMES_FASTEST * fastestMillis) * 1000,
      millis: performance.now(),
      micros: mainThreadCpuMicros(),
    });
  }
}
