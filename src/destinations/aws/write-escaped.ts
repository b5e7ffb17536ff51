import { type JsonEscapes, REPLACED, UNICODE_ESCAPE } from './json-escapes.ts';

/** From here on words of four bytes pay. */
const LONG_BYTES = 192;

const BACKSLASH = 0x5c;
const ZERO = 0x30;
const HEX_DIGITS: Uint8Array = Buffer.from('0123456789abcdef');

/**
 * Writes text as it stands inside a JSON string and answers the position behind it. Room for two bytes for
 * each is expected; -1, and to be done again, when control characters need more than what is left.
 */
export function writeEscaped(
  bytes: Uint8Array,
  target: Uint8Array,
  position: number,
  escapes: JsonEscapes,
): number {
  return bytes.length < LONG_BYTES
    ? writeBytes(bytes, 0, target, position, escapes)
    : writeWords(bytes, target, position, escapes);
}

/** Four at a time while they stay as they are; then up to the first that does not. */
function writeWords(
  bytes: Uint8Array,
  target: Uint8Array,
  start: number,
  escapes: JsonEscapes,
): number {
  const source = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const words = new DataView(target.buffer, target.byteOffset, target.length);
  const last = bytes.length - 4;
  let position = start;
  let index = 0;
  while (index <= last) {
    const word = source.getInt32(index, true);
    words.setInt32(position, word, true);
    const marks = marksOf(word);
    if (marks === 0) {
      index += 4;
      position += 4;
      continue;
    }
    // The first: a mark behind it may be wrong, as a borrow runs into the next byte.
    const plain = (31 - Math.clz32(marks & -marks)) >>> 3;
    index += plain;
    position += plain;
    const letter = escapes[bytes[index] ?? 0] ?? 0;
    if (letter === UNICODE_ESCAPE || letter >= REPLACED) {
      position = writeRare(bytes, index, target, position, letter);
      if (position < 0) return -1;
    } else {
      target[position] = BACKSLASH;
      target[position + 1] = letter;
      position += 2;
    }
    index += 1;
  }
  return writeBytes(bytes, index, target, position, escapes);
}

/** The highest bit of each byte that is a control character, a quote or a backslash. */
function marksOf(word: number): number {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  return (
    (((quotes - 0x01010101) & ~quotes) |
      ((backslashes - 0x01010101) & ~backslashes) |
      ((word - 0x20202020) & ~word)) &
    0x80808080
  );
}

function writeBytes(
  bytes: Uint8Array,
  from: number,
  target: Uint8Array,
  start: number,
  escapes: JsonEscapes,
): number {
  const length = bytes.length;
  let position = start;
  for (let index = from; index < length; index += 1) {
    const byte = bytes[index] ?? 0;
    const letter = escapes[byte] ?? 0;
    if (letter === 0) {
      target[position++] = byte;
    } else if (letter === UNICODE_ESCAPE || letter >= REPLACED) {
      position = writeRare(bytes, index, target, position, letter);
      if (position < 0) return -1;
    } else {
      target[position++] = BACKSLASH;
      target[position++] = letter;
    }
  }
  return position;
}

/** A control character: replaced, or `\u00XX` if that leaves the room that the rest may need. */
function writeRare(
  bytes: Uint8Array,
  index: number,
  target: Uint8Array,
  position: number,
  letter: number,
): number {
  if (letter >= REPLACED) {
    target[position] = letter - REPLACED;
    return position + 1;
  }
  const restBytes = bytes.length - index - 1;
  // One more for the quote behind the text.
  if (position + 6 + 2 * restBytes + 1 > target.length) return -1;
  const byte = bytes[index] ?? 0;
  target[position] = BACKSLASH;
  target[position + 1] = letter;
  target[position + 2] = ZERO;
  target[position + 3] = ZERO;
  target[position + 4] = HEX_DIGITS[byte >> 4] ?? 0;
  target[position + 5] = HEX_DIGITS[byte & 15] ?? 0;
  return position + 6;
}
