import type { SpanContext } from '@opentelemetry/api';
import type { ByteWriter } from './byte-writer.ts';

const TRACE_ID_DIGITS = 32;
const SPAN_ID_DIGITS = 16;
const ZERO = 0x30;
const FOUR_ZEROS = 0x30303030;
const LOWER_CASE_BITS = 0x20202020;
const HIGH_BITS = 0x80808080 | 0;

/** Writes 32 lower-case hex digits; false, and nothing written, for an id that W3C Trace Context calls invalid. */
export function writeTraceId(writer: ByteWriter, id: unknown): boolean {
  return writeHexId(writer, id, TRACE_ID_DIGITS);
}

/** Writes 16 lower-case hex digits; false, and nothing written, for an id that W3C Trace Context calls invalid. */
export function writeSpanId(writer: ByteWriter, id: unknown): boolean {
  return writeHexId(writer, id, SPAN_ID_DIGITS);
}

function writeHexId(writer: ByteWriter, id: unknown, digits: number): boolean {
  if (typeof id !== 'string' || id.length !== digits) return false;
  const start = writer.position;
  // The bytes of a character that is no digit are none either.
  writer.writeUtf8(id);
  const { view } = writer;
  let hexBits = HIGH_BITS;
  let digitBits = 0;
  for (let position = start; position < start + digits; position += 4) {
    const word = view.getInt32(position, true);
    const lower = word | LOWER_CASE_BITS;
    if (lower !== word) view.setInt32(position, lower, true);
    hexBits &= hexBitsOf(word, lower);
    digitBits |= lower ^ FOUR_ZEROS;
  }
  const isValid = hexBits === HIGH_BITS && digitBits !== 0;
  if (!isValid) writer.position = start;
  return isValid;
}

/**
 * The highest bit of each of four bytes that is a hex digit: a sum reaches it from `0` (0x30) on, another one from
 * what comes after `9` (0x3a), and so for `a` (0x61) and `f` (0x67). A branch for each byte would cost four times as
 * much.
 */
function hexBitsOf(word: number, lower: number): number {
  const decimals = (lower + 0x50505050) & ~(lower + 0x46464646);
  const letters = (lower + 0x1f1f1f1f) & ~(lower + 0x19191919);
  // In lower case control characters look like decimals. What is not ASCII never has the bit.
  const printable = (word << 1) | (word << 2);
  return (decimals | letters) & printable;
}

/** Writes the trace flags as two lower-case hex digits, `00` when they are no number. */
export function writeTraceFlags(writer: ByteWriter, traceFlags: unknown): void {
  const flags = flagsByte(traceFlags);
  writer.writeByte(hexDigit(flags >> 4));
  writer.writeByte(hexDigit(flags & 15));
}

/** Trace flags as two lower-case hex digits. */
export function flagsText(traceFlags: unknown): string {
  return flagsByte(traceFlags).toString(16).padStart(2, '0');
}

/** Trace flags as one byte, 0 when they are no number. */
export function flagsByte(traceFlags: unknown): number {
  return typeof traceFlags === 'number' ? traceFlags & 0xff : 0;
}

/** True for a span context whose ids W3C Trace Context calls valid: the right length, hex, not all zero. */
export function isValidContext(context: SpanContext | undefined): context is SpanContext {
  return (
    typeof context === 'object' &&
    context !== null &&
    isHexId(context.traceId, TRACE_ID_DIGITS) &&
    isHexId(context.spanId, SPAN_ID_DIGITS)
  );
}

function isHexId(id: unknown, digits: number): boolean {
  return (
    typeof id === 'string' && id.length === digits && /^[0-9a-f]+$/i.test(id) && !/^0*$/.test(id)
  );
}

function hexDigit(value: number): number {
  return value < 10 ? ZERO + value : 0x57 + value;
}
