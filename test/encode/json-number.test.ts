import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../src/encode/byte-writer.ts';
import { writeJsonNumber } from '../../src/encode/json-number.ts';

function written(value: number): string {
  const writer = new ByteWriter(1);
  writeJsonNumber(writer, value);
  return writer.buffer.toString('latin1', 0, writer.position);
}

const decimal = fc
  .tuple(
    fc.integer({ min: -3_000_000_000, max: 3_000_000_000 }),
    fc.constantFrom(1, 10, 100, 1_000, 10_000, 1_000_000),
  )
  .map(([digits, divisor]) => digits / divisor);

describe('a number as JSON', () => {
  it('has the digits of JSON.stringify', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          decimal,
          fc.integer(),
          fc.maxSafeInteger(),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.double({ min: -3e6, max: 3e6, noNaN: true }),
        ),
        (value) => {
          expect(written(value)).toBe(Object.is(value, -0) ? '-0' : JSON.stringify(value));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it.each([
    2_147_483.647,
    2_147_483.648,
    -2_147_482.999,
    0.001,
    -0.001,
    0.0005,
    1.1,
    999.999,
    2e9,
    2_147_483_647,
    2_147_483_648,
    -2_147_483_648,
    -2_147_483_649,
    4_294_967_296,
    9_999_999_999,
    10_000_000_000,
    1e15,
    2 ** 53 - 1,
    2 ** 53,
    -(2 ** 53),
    1e21,
    1e-7,
    5e-324,
    1.7976931348623157e308,
  ])('%d', (value) => {
    expect(written(value)).toBe(JSON.stringify(value));
  });

  it('is a string where JSON has no number', () => {
    expect([NaN, Infinity, -Infinity].map(written)).toEqual(['"NaN"', '"Infinity"', '"-Infinity"']);
  });
});
