import type { ByteWriter } from './byte-writer.ts';

/** Where native searches for single characters overtake one loop that looks for all of them. */
const FEW_CHARACTERS = 256;
const FIRST_PRINTABLE = 0x20;
const FOUR_PRINTABLES = 0x20202020;
const HIGH_BITS = 0x80808080;

/**
 * True when the text, which was written at `start` to the writer's position as UTF-8, has characters that a
 * JSON string cannot hold as they are: quotes, backslashes and control characters (RFC 8259 section 7).
 */
export function hasEscapes(writer: ByteWriter, start: number, text: string): boolean {
  return text.length <= FEW_CHARACTERS
    ? hasEscapedBytes(writer, start)
    : text.indexOf('"') >= 0 || text.indexOf('\\') >= 0 || hasControlBytes(writer, start);
}

/**
 * Four bytes at a time: `word - 0x01010101` borrows the high bit of a byte that is zero, and `~word` leaves
 * out those that had it. XOR turns the byte that is looked for into zero; with 0x02 the quote moves next to
 * the control characters. A branch for each byte would cost three times as much.
 */
function hasEscapedBytes(writer: ByteWriter, start: number): boolean {
  writer.ensure(4);
  const { position, view } = writer;
  // Harmless bytes behind the text, for the last word reaches over its end.
  view.setInt32(position, FOUR_PRINTABLES, true);
  let marks = 0;
  for (let at = start; at < position; at += 4) {
    const word = view.getInt32(at, true);
    marks |= (((word ^ 0x02020202) - 0x21212121) | ((word ^ 0x5c5c5c5c) - 0x01010101)) & ~word;
  }
  return (marks & HIGH_BITS) !== 0;
}

/** The same for bytes below 0x20 alone. */
function hasControlBytes(writer: ByteWriter, start: number): boolean {
  const { buffer, position, view } = writer;
  let at = start;
  let marks = 0;
  for (const last = position - 15; at < last; at += 16) {
    const a = view.getInt32(at, true);
    const b = view.getInt32(at + 4, true);
    const c = view.getInt32(at + 8, true);
    const d = view.getInt32(at + 12, true);
    marks |=
      ((a - FOUR_PRINTABLES) & ~a) |
      ((b - FOUR_PRINTABLES) & ~b) |
      ((c - FOUR_PRINTABLES) & ~c) |
      ((d - FOUR_PRINTABLES) & ~d);
  }
  if ((marks & HIGH_BITS) !== 0) return true;
  for (; at < position; at++) if ((buffer[at] ?? 0) < FIRST_PRINTABLE) return true;
  return false;
}
