import { BYTES_A_CONTAINER } from './approximate-bytes.ts';

/** About what V8 takes for a value beside the bytes of its text. */
export const JSON_VALUE_BYTES = 24;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;

/** About what the value of a JSON text holds in memory, as far as its text says without being parsed. */
export function jsonHeldBytes(text: string): number {
  let bytes = text.length;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) {
      inString = true;
    } else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      bytes += BYTES_A_CONTAINER;
    } else if (code === COMMA) {
      bytes += JSON_VALUE_BYTES;
    }
  }
  return bytes;
}
