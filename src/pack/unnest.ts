const BACKSLASH = 0x5c;
const LETTER_N = 0x6e;
const NEWLINE = 0x0a;

/**
 * Text by itself, of `byteCount` bytes, that stands here as in a JSON string. Nothing in it is escaped but
 * quotes, backslashes and line breaks.
 */
export function unnest(nested: Uint8Array, byteCount: number): Uint8Array {
  const text = new Uint8Array(byteCount);
  let position = 0;
  let isEscaped = false;
  for (const byte of nested) {
    if (byte === BACKSLASH && !isEscaped) {
      isEscaped = true;
      continue;
    }
    text[position] = isEscaped && byte === LETTER_N ? NEWLINE : byte;
    position += 1;
    isEscaped = false;
  }
  return text;
}
