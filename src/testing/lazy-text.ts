import { gunzipSync } from 'node:zlib';

/** The lines of what arrived, gunzipped when it is gzip, without the empty one at the end. */
export function linesOf(data: Uint8Array): string[] {
  const bytes = data[0] === 0x1f && data[1] === 0x8b ? gunzipSync(data) : data;
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The JSON value of a text, or the text itself when it is none. */
export function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
