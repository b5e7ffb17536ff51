import type { SpanContext } from '@opentelemetry/api';
import type { ByteWriter } from './byte-writer.ts';

const TRACE_ID_DIGITS = 32;
const SPAN_ID_DIGITS = 16;
const ZERO = 0x30;

/** The lower-case hex digit for a character code, 0 for what is none. */
const HEX_DIGIT: Uint8Array = makeTable();

function makeTable(): Uint8Array {
  const table = new Uint8Array(256);
  for (const digit of '0123456789abcdef') {
    table[digit.charCodeAt(0)] = digit.charCodeAt(0);
    table[digit.toUpperCase().charCodeAt(0)] = digit.charCodeAt(0);
  }
  return table;
}

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
  const { buffer } = writer;
  let areDigits = true;
  let someDigit = 0;
  for (let position = start; position < start + digits; position++) {
    const digit = HEX_DIGIT[buffer[position] ?? 0] ?? 0;
    areDigits &&= digit !== 0;
    someDigit |= digit ^ ZERO;
    buffer[position] = digit;
  }
  const isValid = areDigits && someDigit !== 0;
  if (!isValid) writer.position = start;
  return isValid;
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
