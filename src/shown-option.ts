import { isIterable } from './is-iterable.ts';

const MAX_SHOWN_LENGTH = 100;

/**
 * The value of an option as an error shows it: a text by its beginning, as it may be anything, and what is made of
 * others by its kind only, as it may hold a secret, or throw when it becomes text.
 */
export function shownOption(value: unknown): string {
  if (typeof value === 'string') {
    // A line break in it would make two lines of the error's, of which the second one says what it likes.
    return `\`'${value.slice(0, MAX_SHOWN_LENGTH).replaceAll(/\p{Cc}/gu, '\uFFFD')}'\``;
  }
  if (typeof value === 'function') return 'a function';
  if (value === null || typeof value !== 'object') {
    return `\`${String(value).slice(0, MAX_SHOWN_LENGTH)}\``;
  }
  if (Array.isArray(value)) return 'an array';
  return isIterable(value) ? 'an iterable such as a `Map`' : 'an object';
}
