import { randomUUID } from 'node:crypto';

/**
 * The longest line, in bytes. CloudWatch takes events of 256 KB from Lambda, but a line that is larger than
 * the pipe of stdout (64 KiB) may arrive as several events, cut anywhere.
 */
const MAX_LINE_BYTES = 60_000;
/** A UTF-16 unit of a JSON line takes at most three bytes as UTF-8, and two where it must be escaped again. */
const MAX_UNIT_BYTES = 3;
const ENVELOPE_BYTES = 200;
const PIECE_UNITS = Math.floor((MAX_LINE_BYTES - ENVELOPE_BYTES) / MAX_UNIT_BYTES);

/** A JSON line as it is, or as numbered JSON lines whose `text` in their order makes it up. */
export function fitLine(line: string, createId: () => string = randomUUID): string[] {
  if (line.length <= PIECE_UNITS || Buffer.byteLength(line) <= MAX_LINE_BYTES) return [line];
  const texts: string[] = [];
  for (let start = 0; start < line.length; ) {
    const end = endOfPiece(line, start);
    texts.push(line.slice(start, end));
    start = end;
  }
  const id = createId();
  return texts.map((text, index) =>
    JSON.stringify({ collectorless_part: { id, index, count: texts.length }, text }),
  );
}

/** Never between the two halves of a character: alone they are not text. */
function endOfPiece(line: string, start: number): number {
  const end = start + PIECE_UNITS;
  const isSurrogate = (line.codePointAt(end - 1) ?? 0) > 0xffff;
  return isSurrogate ? end - 1 : end;
}
