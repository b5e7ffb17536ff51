import { expect, test } from 'vitest';
import { SpeedStretches } from '../../bench/support/speed-stretches.ts';

const STRETCH = 10;

test('the first stretch does not count, as no work of before falls into it', () => {
  expect(after([0]).fullSpeed).toEqual({ millis: 0, micros: 0 });
});

test('a stretch without slow samples counts from the sample before it to its last one', () => {
  expect(after([0, 0, 0]).fullSpeed).toEqual({ millis: 400, micros: 2 * STRETCH * 1_000 });
});

test('a stretch with one slow sample counts, one with two does not', () => {
  expect(after([0, 1]).fullSpeed.millis).toBe(200);
  expect(after([0, 2]).fullSpeed.millis).toBe(0);
});

test('what follows a slow stretch counts without it', () => {
  expect(after([0, 10, 0]).fullSpeed).toEqual({ millis: 200, micros: STRETCH * 1_000 });
});

test('the CPU time of the samples is taken off, and told of all of them', () => {
  const stretches = after([0, 0], 100);

  expect(stretches.fullSpeed.micros).toBe(STRETCH * 1_000 - STRETCH * 100);
  expect(stretches.ownMicros).toBe(2 * STRETCH * 100);
});

/** Stretches with so many slow samples each; between two samples 20 ms pass and 1,000 µs of CPU time. */
function after(slowSamples: readonly number[], ownMicros = 0): SpeedStretches {
  const stretches = new SpeedStretches();
  let count = 0;
  for (const slow of slowSamples) {
    for (let sample = 0; sample < STRETCH; sample += 1) {
      count += 1;
      const isSlow = sample < slow;
      stretches.add({ isSlow, ownMicros, millis: count * 20, micros: count * 1_000 });
    }
  }
  return stretches;
}
