import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordTimeMillis } from '../../src/exporter/record-time.ts';
import { createLogRecord } from '../../src/testing/index.ts';

const NOW = 1_800_000_000_000;
const timeOf = (hrTime: unknown, hrTimeObserved: unknown = [1, 0]): number =>
  recordTimeMillis(Object.assign(createLogRecord(), { hrTime, hrTimeObserved }), NOW);

test('a time is rounded down to its millisecond, never up', () => {
  const seconds = fc.integer({ min: 1, max: 4_000_000_000 });
  const nanos = fc.integer({ min: 0, max: 999_999_999 });
  fc.assert(
    fc.property(seconds, nanos, (wholeSeconds, nanosInSecond) => {
      const exact = (BigInt(wholeSeconds) * 1_000_000_000n + BigInt(nanosInSecond)) / 1_000_000n;
      expect(timeOf([wholeSeconds, nanosInSecond])).toBe(Number(exact));
    }),
    { examples: [[1_763_000_000, 99_999_927]] },
  );
});

test('a time before 1970 is 0, as services take no negative one', () => {
  expect(timeOf([-5, 0])).toBe(0);
});

test.each([
  [[0, 0]],
  [[Number.NaN, 0]],
  [[Number.POSITIVE_INFINITY, 0]],
  ['now'],
  [undefined],
  [[]],
  [['1', 0]],
])('in place of %j the time of observation counts', (hrTime) => {
  expect(timeOf(hrTime, [1_700_000_000, 0])).toBe(1_700_000_000_000);
});

test('a record without any time is of now', () => {
  expect(timeOf(undefined, [Number.NaN, 0])).toBe(NOW);
});

test('a time whose numbers are others each time they are read is what it was the first time', () => {
  const answers = [1_700_000_000, Number.NaN, 1e300, 'x'];
  const time: unknown[] = [0, 5_999_999];
  Object.defineProperty(time, 0, { get: () => answers.shift() });
  expect(timeOf(time)).toBe(1_700_000_000_005);
});

test('a time beyond what a Date can have is the latest one', () => {
  expect(timeOf([8_640_000_000_001, 0])).toBe(8.64e15);
});
