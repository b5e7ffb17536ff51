import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEncoder } from '../../src/encode/encoders.ts';
import { normalTime } from '../../src/encode/normal-time.ts';
import { makeRecord } from './support/records.ts';

const anyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ min: 1e15, max: 1e25 }),
);

it('whatever numbers a time has, its nanoseconds are those of one second, or it is no time', () => {
  fc.assert(
    fc.property(anyNumber, anyNumber, (seconds, nanos) => {
      const time = normalTime([seconds, nanos]);
      if (time === undefined) return;
      expect(Number.isInteger(time[0])).toBe(true);
      expect(Number.isInteger(time[1])).toBe(true);
      expect(time[1]).toBeGreaterThanOrEqual(0);
      expect(time[1]).toBeLessThan(1e9);
    }),
    { numRuns: 2000 },
  );
});

it.each([
  [1.5, 0, 1, 500_000_000],
  [1, 2_500_000_000, 3, 500_000_000],
  [1, -1, 0, 999_999_999],
  [0, -2_000_000_000, -2, 0],
  [-0.25, 0, -1, 750_000_000],
])('%d s and %d ns are a time', (seconds, nanos, wholeSeconds, rest) => {
  expect(normalTime([seconds, nanos])).toEqual([wholeSeconds, rest]);
});

it.each(['json', 'distlog-json', 'otlp-json'] as const)(
  'a record as %s whose nanoseconds no number holds exactly is one that can be read',
  (encoding) => {
    const record = makeRecord({ hrTime: [0, 18_032_386_022_999_998_000] });
    const text = Buffer.from(createEncoder(encoding, {}).encode(record)).toString();
    expect(() => JSON.parse(text)).not.toThrow();
  },
);
