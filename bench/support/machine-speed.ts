import { setTimeout as wait } from 'node:timers/promises';
import { mainThreadCpuMicros } from './main-thread-cpu.ts';
import { type FullSpeedUse, SpeedStretches } from './speed-stretches.ts';

/**
 * On a rented machine the other half of each core may be somebody else's. While they use it, all that runs
 * here takes up to twice its CPU time, for a moment or for minutes, and no counter tells.
 */
const SLOWER_THAN_FULL = 1.2;
const SAMPLE_EVERY_MILLIS = 20;
/** At one moment, when it is only waited for. */
const SAMPLES_AT_ONCE = 10;
/** Until V8 has compiled the work. */
const WARM_UP_SAMPLES = 300;

const NUMBERS: Int32Array = Int32Array.from({ length: 1_020 }, (_, index) => index * 7);
const ROUNDS = 400;

let fastestMillis = Number.POSITIVE_INFINITY;

/** For how long somebody else who slows the processor down is waited for. */
export interface Patience {
  readonly patienceMillis: number;
}

/** Says in a section's method what `untilFullSpeed` did. */
export function patienceText({ patienceMillis }: Patience): string {
  return `each begins at a moment when nobody else slows the processor down, after ${patienceMillis / 1000} s in any case`;
}

/** Looks all the time, from now on, whether the processor that runs this thread has its full speed. */
export class SpeedWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #stretches = new SpeedStretches();

  constructor() {
    warmUp();
    this.#timer = setInterval(() => this.#sample(), SAMPLE_EVERY_MILLIS);
  }

  /** What the main thread did at full speed, and the CPU time that looking took. */
  stop(): { readonly fullSpeed: FullSpeedUse; readonly ownMicros: number } {
    clearInterval(this.#timer);
    const { fullSpeed, ownMicros } = this.#stretches;
    return { fullSpeed: { ...fullSpeed, fastestSampleMillis: fastestMillis }, ownMicros };
  }

  #sample(): void {
    const sampleMillis = workMillis();
    // Its time and not its CPU time, which the system counts in steps of some milliseconds; without what came between.
    const ownMicros = Math.min(sampleMillis, 3 * fastestMillis) * 1000;
    this.#stretches.add({
      isSlow: isSlow(sampleMillis),
      ownMicros,
      millis: performance.now(),
      micros: mainThreadCpuMicros(),
    });
  }
}

/** Waits for a moment at which the processor has its full speed, at most so long. */
export async function untilFullSpeed({ patienceMillis }: Patience): Promise<void> {
  if (patienceMillis === 0) return;
  warmUp();
  const deadline = performance.now() + patienceMillis;
  while (!hasFullSpeed() && performance.now() < deadline) await wait(SAMPLE_EVERY_MILLIS);
}

function hasFullSpeed(): boolean {
  let slowSamples = 0;
  for (let sample = 0; sample < SAMPLES_AT_ONCE; sample += 1) {
    if (isSlow(workMillis())) slowSamples += 1;
  }
  return slowSamples <= 1;
}

function isSlow(millis: number): boolean {
  return millis > fastestMillis * SLOWER_THAN_FULL;
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
