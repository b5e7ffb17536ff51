/**
 * On a rented machine the other half of each core may be somebody else's. While they use it, all that runs
 * here takes up to twice its CPU time, for a moment or for minutes, and no counter tells.
 */
const SLOWER_THAN_FULL = 1.2;
/** Until V8 has compiled the work. */
const WARM_UP_SAMPLES = 300;

const NUMBERS: Int32Array = Int32Array.from({ length: 1_020 }, (_, index) => index * 7);
const ROUNDS = 400;

let fastestMillis = Number.POSITIVE_INFINITY;

/** How long a fixed piece of work took. */
export interface SpeedLook {
  readonly millis: number;
  readonly isSlow: boolean;
  /** The least that it ever took in this process. */
  readonly fastestMillis: number;
}

/** Before the first look: it would compare with code that is not compiled. */
export function prepareLooks(): void {
  if (fastestMillis < Number.POSITIVE_INFINITY) return;
  for (let sample = 0; sample < WARM_UP_SAMPLES; sample += 1) workMillis();
}

/** Whether the processor that runs this thread has its full speed now. */
export function lookAtSpeed(): SpeedLook {
  const millis = workMillis();
  return { millis, isSlow: millis > fastestMillis * SLOWER_THAN_FULL, fastestMillis };
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
