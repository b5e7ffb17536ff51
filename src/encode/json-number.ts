import type { ByteWriter } from './byte-writer.ts';
import { writeNatural, writeNineDigits } from './decimal-digits.ts';
import { type JsonQuoting, PLAIN, writeQuoted } from './json-quoting.ts';

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const BILLION = 1_000_000_000;
/** Its thousandths are an int32 still. */
const MAX_FEW_DECIMALS = 2_147_483;

/** Writes a number as JSON; NaN and the infinities are strings (OTel common specification, AnyValue). */
export function writeJsonNumber(
  writer: ByteWriter,
  value: number,
  quoting: JsonQuoting = PLAIN,
): void {
  if ((value | 0) === value) {
    // A negative zero keeps its sign: JSON readers give it back.
    if (value < 0 || Object.is(value, -0)) writer.writeByte(MINUS);
    writeNatural(writer, Math.abs(value));
  } else if (!writeFewDecimals(writer, value) && !writeLongInteger(writer, value)) {
    if (Number.isFinite(value)) writer.writeLatin1(String(value));
    else writeQuoted(writer, `"${value}"`, quoting);
  }
}

/**
 * Writes a number of at most three decimals, such as a duration; else false, and nothing written.
 *
 * The digits are those of `String`: no two numbers of fewer than 16 digits are the same double, so the one
 * that is this double is its shortest too.
 */
function writeFewDecimals(writer: ByteWriter, value: number): boolean {
  const amount = Math.abs(value);
  if (!(amount < MAX_FEW_DECIMALS)) return false;
  const thousandths = Math.round(amount * 1000) | 0;
  if (thousandths / 1000 !== amount) return false;
  if (value < 0) writer.writeByte(MINUS);
  const whole = (thousandths / 1000) | 0;
  writeNatural(writer, whole);
  writer.ensure(4);
  const { buffer } = writer;
  let { position } = writer;
  buffer[position++] = POINT;
  // Digit by digit, and no zeros at the end.
  for (let rest = thousandths - whole * 1000; rest !== 0; rest = (rest % 100) * 10) {
    buffer[position++] = ZERO + ((rest / 100) | 0);
  }
  writer.position = position;
  return true;
}

/** Writes an integer of more than 32 bits, such as milliseconds since 1970; else false, and nothing written. */
function writeLongInteger(writer: ByteWriter, value: number): boolean {
  if (!Number.isSafeInteger(value)) return false;
  if (value < 0) writer.writeByte(MINUS);
  const amount = Math.abs(value);
  const billions = Math.floor(amount / BILLION);
  writeNatural(writer, billions);
  writeNineDigits(writer, amount - billions * BILLION);
  return true;
}
