import { setTimeout as wait } from 'node:timers/promises';
import { mainThreadCpuMicros } from './main-thread-cpu.ts';

/**
 * On a rented machine the other half of each core may be somebody else's. While they use it, all that runs
 * here takes up to twice its CPU time, for a moment or for minutes, and no counter tells.
 */
const SLOWER_THAN_FULL = 1.2;
const SAMPLE_EVERY_MILLIS = 20;
/** So many samples make a verdict: one alone may have been interrupted. */
const SAMPLES = 10;
/** Until V8 has compiled the work. */
const WARM_UP_SAMPLES = 300;

const NUMBERS: Int32Array = Int32Array.from({ length: 1_020 }, (_, index) => index * 7);
const ROUNDS = 400;

let fastestMillis = Number.POSITIVE_INFINITY;

/** What the main thread did while its processor had its full speed. */
export interface FullSpeedUse {
  readonly millis: number;
  /** CPU time of the main thread. */
  readonly micros: number;
}

/** Looks all the time, in stretches of a fifth of a second, whether the processor has its full speed. */
export class SpeedWatch {
  readonly #timer: NodeJS.Timeout;
  #slowSamples = 0;
  #samples = 0;
  #start: FullSpeedUse;
  /** Of the stretch, and of all. */
  #ownMicros = 0;
  #allOwnMicros = 0;
  #millis = 0;
  #micros = 0;

  constructor() {
    warmUp();
    this.#start = now();
    this.#timer = setInterval(() => this.#sample(), SAMPLE_EVERY_MILLIS);
  }

  /** The stretches at full speed, and the CPU time that looking took. */
  stop(): { readonly fullSpeed: FullSpeedUse; readonly ownMicros: number } {
    clearInterval(this.#timer);
    const { millis, micros } = { millis: this.#millis, micros: this.#micros };
    return { fullSpeed: { millis, micros }, ownMicros: this.#allOwnMicros + this.#ownMicros };
  }

  #sample(): void {
    const before = mainThreadCpuMicros();
    if (isSlow(workMillis())) this.#slowSamples += 1;
    const { millis, micros } = now();
    this.#ownMicros += micros - before;
    this.#samples += 1;
    if (this.#samples < SAMPLES) return;
    if (!tellsSlow(this.#slowSamples)) {
      this.#millis += millis - this.#start.millis;
      this.#micros += micros - this.#start.micros - this.#ownMicros;
    }
    this.#allOwnMicros += this.#ownMicros;
    this.#ownMicros = this.#samples = this.#slowSamples = 0;
    this.#start = { millis, micros };
  }
}

/** Waits until the processor has its full speed, at most so long. */
export async function untilFullSpeed(patienceMillis: number): Promise<void> {
  if (patienceMillis === 0) return;
  warmUp();
  const deadline = performance.now() + patienceMillis;
  while (!hasFullSpeed() && performance.now() < deadline) await wait(SAMPLE_EVERY_MILLIS);
}

function hasFullSpeed(): boolean {
  let slowSamples = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    if (isSlow(workMillis())) slowSamples += 1;
  }
  return !tellsSlow(slowSamples);
}

function tellsSlow(slowSamples: number): boolean {
  return slowSamples > SAMPLES / 5;
}

function isSlow(millis: number): boolean {
  return millis > fastestMillis * SLOWER_THAN_FULL;
}

function now(): FullSpeedUse {
  return { millis: performance.now(), micros: mainThreadCpuMicros() };
}

function warmUp(): void {
  if (fastestMillis < Number.POSITIVE_INFINITY) return;
  for (let sample = 0; sample < WARM_UP_SAMPLES; sample += 1) workMillis();
}

/**
 * Takes some 0.1 ms. Six sums that do not wait for each other keep several units of a core busy, so that it
 * feels who shares them; one sum would not.
 */
function workMillis(): number {
  const start = performance.now();
  let [a, b, c, d, e, f] = [0, 0, 0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let index = 0; index < NUMBERS.length; index += 6) {
      a = (a + (NUMBERS[index] ?? 0)) | 0;
      b ^= NUMBERS[index + 1] ?? 0;
      c = (c + (NUMBERS[index + 2] ?? 0)) | 0;
      d ^= NUMBERS[index + 3] ?? 0;
      e = (e + (NUMBERS[index + 4] ?? 0)) | 0;
      f ^= NUMBERS[index + 5] ?? 0;
    }
  }
  const millis = performance.now() - start;
  // The sums are used, or they would not be made.
  if (a + b + c + d + e + f === 0.5) throw new Error('Sums of whole numbers are whole');
  fastestMillis = Math.min(fastestMillis, millis);
  return millis;
}
