import zlib from 'node:zlib';
import { decodeMsgpack } from './decode-msgpack.ts';

/** Turns bytes that arrived into what they hold: log records, or whatever else a test looks at. */
export type Decoder = (bytes: Uint8Array) => readonly unknown[];

/** The lines of what arrived, uncompressed, without the empty one at the end. */
export function linesOf(data: Uint8Array): string[] {
  const lines = uncompressed(data).toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The JSON value of each line, the text where it is not JSON; the maps of MessagePack. */
export const decodeJsonLines: Decoder = (bytes) =>
  decodeMsgpack(uncompressed(bytes)) ?? linesOf(bytes).map(parsedOrText);

/** The JSON value of a text, or the text itself when it is none. */
export function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function uncompressed(data: Uint8Array): Buffer {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const magic = bytes.length < 4 ? 0 : bytes.readUInt32BE(0);
  try {
    if (magic >>> 16 === 0x1f8b) return zlib.gunzipSync(bytes);
    if (magic === 0x28b52ffd) return zlib.zstdDecompressSync(bytes);
    return bytes;
  } catch {
    // Bytes that only look compressed are shown as they are.
    return bytes;
  }
}
