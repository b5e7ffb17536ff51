import { isMap } from '../is-map.ts';

/** About what V8 takes for any value where it stands, and what a text, bytes, and an object or array take beside. */
export const BYTES_A_VALUE = 16;
export const BYTES_A_TEXT = 16;
export const BYTES_A_CONTAINER = 48;
export const BYTES_A_BINARY = 192;

/** About what a value holds in memory, by its texts, bytes and number of members. */
export function approximateBytes(value: unknown): number {
  let bytes = 0;
  // A list instead of recursion: values may be nested as deep as JSON text can be.
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    bytes += BYTES_A_VALUE;
    if (typeof next === 'string') {
      bytes += BYTES_A_TEXT + next.length;
    } else if (next instanceof Uint8Array) {
      bytes += BYTES_A_BINARY + next.length;
    } else if (Array.isArray(next)) {
      bytes += BYTES_A_CONTAINER;
      for (const member of next) left.push(member);
    } else if (isMap(next)) {
      bytes += BYTES_A_CONTAINER;
      for (const key of Object.keys(next)) {
        bytes += key.length;
        left.push(next[key]);
      }
    }
  }
  return bytes;
}
