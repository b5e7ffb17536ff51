import { InvalidArgumentError } from 'commander';

/** Reads a whole number within bounds, for commander. */
export function numberArgument(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected a whole number, ${min} to ${max}.`);
  };
}

const UNIT_MILLIS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads `30s`, `10m`, `2h` or `1d` as milliseconds, for commander. */
export function durationArgument(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const unitMillis = UNIT_MILLIS[unit];
  if (unitMillis !== undefined) return Number(digits) * unitMillis;
  throw new InvalidArgumentError('Expected a number and s, m, h or d, such as 10m.');
}
