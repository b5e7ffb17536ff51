const BACKSLASH = 0x5c;
const LETTER_N = 0x6e;
const NEWLINE = 0x0a;

/**
 * Text by itself, of `byteCount` bytes, that stands here as in a JSON string. Nothing in it is escaped but
 * quotes, backslashes and line breaks.
 */
export function unnest(nested: Uint8Array, byteCount: number): Uint8Array {
  const text = new Uint8Array(byteCount);
  let from = 0;
  for (let to = 0; to < byteCount; to += 1) {
    const byte = nested[from++] ?? 0;
    text[to] = byte === BACKSLASH ? unescaped(nested[from++] ?? 0) : byte;
  }
  return text;
}

function unescaped(letter: number): number {
  return letter === LETTER_N ? NEWLINE : letter;
}
