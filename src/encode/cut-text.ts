/** The furthest end, at most `start + maxBytes`, that does not part a character of UTF-8 text. */
function characterEnd(bytes: Uint8Array, start: number, maxBytes: number): number {
  let end = Math.min(start + maxBytes, bytes.length);
  // Bytes of the form 10xxxxxx continue a character (RFC 3629 section 3).
  while (end > start && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return end;
}

/** The beginning of UTF-8 text, or undefined when not one character fits. */
export function cutText(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  const end = characterEnd(bytes, 0, maxBytes);
  return end === 0 ? undefined : bytes.slice(0, end);
}

/** UTF-8 text in pieces between characters, or undefined when a character does not fit. */
export function splitText(bytes: Uint8Array, maxBytes: number): Uint8Array[] | undefined {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = characterEnd(bytes, start, maxBytes);
    if (end === start) return undefined;
    pieces.push(bytes.slice(start, end));
    start = end;
  }
  return pieces;
}
