import type { ByteWriter } from './byte-writer.ts';

const FIRST_PRINTABLE = 0x20;
const FOUR_PRINTABLES = 0x20202020;
const HIGH_BITS = 0x80808080;

/**
 * True when a byte below 0x20 stands in the range.
 *
 * Four bytes at a time: in `(word - 0x20202020) & ~word` the high bit of a byte is set exactly when a byte up
 * to there was below 0x20. A branch for each byte would cost three times as much.
 */
export function hasControlBytes(writer: ByteWriter, start: number, end: number): boolean {
  const { buffer, words } = writer;
  let position = start;
  for (; position < end && (position & 3) !== 0; position++) {
    if ((buffer[position] ?? 0) < FIRST_PRINTABLE) return true;
  }
  const lastWord = end >>> 2;
  let word = position >>> 2;
  let marks = 0;
  for (const last = lastWord - 3; word < last; word += 4) {
    const a = words[word] ?? 0;
    const b = words[word + 1] ?? 0;
    const c = words[word + 2] ?? 0;
    const d = words[word + 3] ?? 0;
    marks |=
      ((a - FOUR_PRINTABLES) & ~a) |
      ((b - FOUR_PRINTABLES) & ~b) |
      ((c - FOUR_PRINTABLES) & ~c) |
      ((d - FOUR_PRINTABLES) & ~d);
  }
  for (; word < lastWord; word++) {
    const a = words[word] ?? 0;
    marks |= (a - FOUR_PRINTABLES) & ~a;
  }
  if ((marks & HIGH_BITS) !== 0) return true;
  for (position = Math.max(position, lastWord << 2); position < end; position++) {
    if ((buffer[position] ?? 0) < FIRST_PRINTABLE) return true;
  }
  return false;
}
