import { InvalidOptionError } from '../invalid-option-error.ts';

/** The letters of `strftime` (POSIX) that make sense in a name; all in UTC, so that hosts agree. */
const FIELDS: Readonly<Record<string, (date: Date) => string>> = {
  Y: (date) => padded(date.getUTCFullYear(), 4),
  m: (date) => padded(date.getUTCMonth() + 1, 2),
  d: (date) => padded(date.getUTCDate(), 2),
  H: (date) => padded(date.getUTCHours(), 2),
  M: (date) => padded(date.getUTCMinutes(), 2),
  S: (date) => padded(date.getUTCSeconds(), 2),
  '%': () => '%',
};

/** Answers a writer of times, in Unix milliseconds, that has no text for what is no time. */
export type DateWriter = (unixMillis: number) => string | undefined;

/**
 * Compiles a pattern such as `%Y-%m-%d-%H-%M-%S`.
 * @throws InvalidOptionError for a letter after `%` that is none of `Y m d H M S %`, and for no letter.
 */
export function compileDatePattern(pattern: string): DateWriter {
  const pieces = pattern.split(/(%.?)/su).map((piece) => {
    if (!piece.startsWith('%')) return () => piece;
    const letter = piece.slice(1);
    const field = Object.hasOwn(FIELDS, letter) ? FIELDS[letter] : undefined;
    if (field !== undefined) return field;
    throw new InvalidOptionError(
      `Expected the date pattern \`${pattern.slice(0, 100)}\` to be made of %Y %m %d %H %M %S, got \`${piece}\``,
    );
  });
  return (unixMillis) => {
    const date = new Date(unixMillis);
    if (Number.isNaN(date.getTime())) return undefined;
    return pieces.map((write) => write(date)).join('');
  };
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
