import { InvalidArgumentError } from 'commander';

/** Reads a whole number within bounds, for commander. */
export function numberArgument(min: number, max?: number): (text: string) => number {
  const bounds = max === undefined ? `${min} or more` : `${min} to ${max}`;
  return (text) => {
    const value = Number(text);
    const isWithin = value >= min && value <= (max ?? Number.MAX_SAFE_INTEGER);
    if (/^\d+$/.test(text) && isWithin) return value;
    throw new InvalidArgumentError(`Expected a whole number, ${bounds}.`);
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
