import type { ByteWriter } from './byte-writer.ts';

const ZERO = 0x30;
const MOST_DIGITS = 10;

/** The ASCII digits of 000 to 999, the first one in the lowest byte. */
const THREE_DIGITS: readonly number[] = Array.from({ length: 1000 }, (_, number) =>
  [...String(number).padStart(3, '0')].reduceRight(
    (word, digit) => (word << 8) | digit.charCodeAt(0),
    0,
  ),
);

/** Writes an integer from 0 to 4,294,967,295 in as many digits as it has. */
export function writeNatural(writer: ByteWriter, value: number): void {
  writer.ensure(MOST_DIGITS);
  const { buffer } = writer;
  let end = writer.position + 1;
  for (let rest = value; rest > 9; rest = (rest / 10) >>> 0) end++;
  writer.position = end;
  for (let rest = value, at = end - 1; ; at--) {
    const tens = (rest / 10) >>> 0;
    buffer[at] = ZERO + rest - tens * 10;
    if (tens === 0) return;
    rest = tens;
  }
}

/** Writes an integer from 0 to 999,999,999 in nine digits. */
export function writeNineDigits(writer: ByteWriter, value: number): void {
  // Words of four bytes: the last one reaches over the end.
  writer.ensure(10);
  const { position, view } = writer;
  const millions = (value / 1_000_000) | 0;
  const rest = value - millions * 1_000_000;
  const thousands = (rest / 1_000) | 0;
  view.setInt32(position, THREE_DIGITS[millions] ?? 0, true);
  view.setInt32(position + 3, THREE_DIGITS[thousands] ?? 0, true);
  view.setInt32(position + 6, THREE_DIGITS[rest - thousands * 1_000] ?? 0, true);
  writer.position = position + 9;
}
