import type { ByteWriter } from './byte-writer.ts';

const ZERO = 0x30;
const MINUS = 0x2d;
const MAX_DIGITS = 10;

/** Writes a number as JSON; NaN and the infinities are strings (OTel common specification, AnyValue). */
export function writeJsonNumber(writer: ByteWriter, value: number): void {
  if ((value | 0) === value) {
    writeInt32(writer, value);
  } else if (Number.isFinite(value)) {
    writer.writeLatin1(String(value));
  } else {
    writer.writeLatin1(`"${value}"`);
  }
}

function writeInt32(writer: ByteWriter, value: number): void {
  writer.ensure(MAX_DIGITS + 1);
  const buffer = writer.buffer;
  let position = writer.position;
  // A negative zero keeps its sign: JSON readers give it back.
  if (value < 0 || Object.is(value, -0)) buffer[position++] = MINUS;
  let rest = Math.abs(value);
  let end = position + 1;
  for (let bound = 10; rest >= bound && end < position + MAX_DIGITS; bound *= 10) end++;
  writer.position = end;
  do {
    const tens = Math.trunc(rest / 10);
    buffer[--end] = ZERO + rest - tens * 10;
    rest = tens;
  } while (end > position);
}
