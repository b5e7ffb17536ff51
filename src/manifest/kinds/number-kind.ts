import type { ValueKind } from './value-kind.ts';

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;

/** A decimal number. Whether it is too small or too large is for its option to say. */
export function number(unit?: 'milliseconds' | 'bytes' | 'days'): ValueKind<number> {
  const expected = unit === undefined ? 'a number' : `a number of ${unit}`;
  return {
    expected,
    secrecy: 'open',
    read(text) {
      const digits = text.trim();
      if (digits === '') return {};
      const value = numberOf(digits);
      return value === undefined ? { problem: `expected ${expected}` } : { value };
    },
  };
}

/** Undefined for what is no decimal number, as `0x10`, `1_000` and `Infinity` are none. */
export function numberOf(digits: string): number | undefined {
  const value = DECIMAL.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}
