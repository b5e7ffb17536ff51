/** What the main thread did while its processor had its full speed. */
export interface FullSpeedUse {
  readonly millis: number;
  /** CPU time of the main thread. */
  readonly micros: number;
  /** In a process that never had full speed it is longer than in others. */
  readonly fastestSampleMillis: number;
}

/** A look at the processor's speed. */
export interface SpeedSample {
  readonly isSlow: boolean;
  /** CPU time that the look took. */
  readonly ownMicros: number;
  /** Monotonic, after it. */
  readonly millis: number;
  /** CPU time of the main thread until then. */
  readonly micros: number;
}

/** A fifth of a second with a sample every 20 ms; longer where the main thread was busy in between. */
const SAMPLES_A_STRETCH = 10;
/** One may have been interrupted. */
const MAX_SLOW_SAMPLES = 1;

/** Adds up the stretches in which hardly a sample was slow. */
export class SpeedStretches {
  /** Undefined in the first stretch, which does not count: into all others falls work of the one before. */
  #start: Pick<SpeedSample, 'millis' | 'micros'> | undefined;
  #samples = 0;
  #slowSamples = 0;
  #ownMicrosBefore = 0;
  #ownMicros = 0;
  #millis = 0;
  #micros = 0;

  /** CPU time that all looks took. */
  get ownMicros(): number {
    return this.#ownMicros;
  }

  get fullSpeed(): Pick<FullSpeedUse, 'millis' | 'micros'> {
    return { millis: this.#millis, micros: this.#micros };
  }

  add({ isSlow, micros, millis, ownMicros }: SpeedSample): void {
    this.#ownMicros += ownMicros;
    if (isSlow) this.#slowSamples += 1;
    this.#samples += 1;
    if (this.#samples < SAMPLES_A_STRETCH) return;
    if (this.#start !== undefined && this.#slowSamples <= MAX_SLOW_SAMPLES) {
      this.#millis += millis - this.#start.millis;
      this.#micros += micros - this.#start.micros - (this.#ownMicros - this.#ownMicrosBefore);
    }
    this.#start = { millis, micros };
    this.#ownMicrosBefore = this.#ownMicros;
    this.#samples = 0;
    this.#slowSamples = 0;
  }
}
