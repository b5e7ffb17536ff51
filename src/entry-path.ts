/** Long enough for any name that a service takes, but for a few that nobody gives. */
const MAX_NAME_LENGTH = 100;

/**
 * An entry of an option that is made of names and values, as errors name it: `headers.x-tenant`. Who reads the
 * error finds the entry by it again, so the name stands in one line and ends where its backticks end.
 */
export function entryPath(option: string, name: string): string {
  return `${option}.${name.slice(0, MAX_NAME_LENGTH).replaceAll(/[\p{Cc}`,]/gu, ' ')}`;
}
