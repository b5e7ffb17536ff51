import { isMsgpackMap, sniffCompression } from './sniff.ts';

const BASE64_LINE = /^[A-Za-z0-9+/]+={0,2}$/;
const SNIFFED_CHARACTERS = 1_024;

/**
 * The bytes inside base64 text, a piece on each line, as they stand in SQS messages; undefined for other
 * bytes.
 *
 * Much plain text is base64 by its letters, so the bytes inside must begin like compressed data or a
 * MessagePack map too.
 */
export function unwrapBase64(bytes: Uint8Array): Iterable<Uint8Array> | undefined {
  if (!isBase64Start(bytes)) return undefined;
  const lines = Buffer.from(bytes).toString('latin1').split(/\s+/).filter(Boolean);
  if (!lines.every((line) => line.length % 4 === 0 && BASE64_LINE.test(line))) return undefined;
  return insideOf(lines);
}

/** One after the other: each piece takes much more memory than a short line. */
function* insideOf(lines: readonly string[]): Generator<Uint8Array, void> {
  for (const line of lines) yield new Uint8Array(Buffer.from(line, 'base64'));
}

function isBase64Start(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, SNIFFED_CHARACTERS)).toString('latin1').trimStart();
  const [line = ''] = text.split(/\s/, 1);
  if (!BASE64_LINE.test(line)) return false;
  const inside = Buffer.from(line.slice(0, 16), 'base64');
  return sniffCompression(inside) !== 'none' || isMsgpackMap(inside);
}
