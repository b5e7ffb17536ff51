/**
 * What a byte of UTF-8 text becomes inside a JSON string: 0 for itself, the letter after a backslash, or with
 * `REPLACED` another character in its place.
 */
export type JsonEscapes = Uint8Array;

/** Marks a character that takes the place of a byte. */
export const REPLACED = 0x80;

/** A control character that has no letter: `\u00XX`. */
export const UNICODE_ESCAPE: number = 'u'.charCodeAt(0);

const LETTERS: readonly (readonly [byte: number, letter: string])[] = [
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x22, '"'],
  [0x5c, '\\'],
];

/** The escapes of `JSON.stringify`. */
export function createJsonEscapes(): JsonEscapes {
  const escapes = new Uint8Array(256);
  escapes.fill(UNICODE_ESCAPE, 0, 0x20);
  for (const [byte, letter] of LETTERS) escapes[byte] = letter.charCodeAt(0);
  return escapes;
}
