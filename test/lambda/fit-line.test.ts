import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLine } from '../../src/lambda/fit-line.ts';

const LIMIT = 60_000;
const characters = fc.constantFrom('a', '"', '\\', 'é', '€', '😀', '\n', '\u2028', '\ud800');
const value = fc
  .array(fc.tuple(characters, fc.integer({ min: 1, max: 30_000 })), { maxLength: 12 })
  .map((runs) => runs.map(([character, times]) => character.repeat(times)).join(''));

describe('fitLine', () => {
  it('leaves a line that fits as it is', () => {
    const line = JSON.stringify({ body: 'a'.repeat(LIMIT - 11) });
    expect(Buffer.byteLength(line)).toBe(LIMIT);
    expect(fitLine(line)).toEqual([line]);
    expect(fitLine(`${line} `).length).toBeGreaterThan(1);
  });

  it('makes a longer one numbered lines of JSON within the limit, whose texts make it up again', () => {
    fc.assert(
      fc.property(value, (body) => {
        const line = JSON.stringify({ body });
        const lines = fitLine(line, () => 'id');
        for (const piece of lines) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(LIMIT);
        if (lines.length === 1) {
          expect(lines).toEqual([line]);
          return;
        }
        const parts = lines.map((piece) => JSON.parse(piece));
        expect(parts.map(({ collectorless_part: part }) => part)).toEqual(
          parts.map((_, index) => ({ id: 'id', index, count: lines.length })),
        );
        expect(parts.map(({ text }) => text).join('')).toBe(line);
        for (const { text } of parts) expect(String(text).isWellFormed()).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
