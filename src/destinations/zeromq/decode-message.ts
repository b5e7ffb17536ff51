/** What a body frame holds, and what of it could not be read. */
export interface DecodedBody {
  readonly records: readonly unknown[];
  readonly errors: readonly Error[];
}

/** Decodes a body frame. Never throws. */
export function decodeBody(body: Uint8Array): DecodedBody {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  const whole = parse(text);
  if ('record' in whole) return { records: [whole.record], errors: [] };
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return { records: [], errors: [whole.error] };
  const parsed = lines.map(parse);
  return {
    records: parsed.flatMap((line) => ('record' in line ? [line.record] : [])),
    errors: parsed.flatMap((line) => ('error' in line ? [line.error] : [])),
  };
}

function parse(text: string): { readonly record: unknown } | { readonly error: Error } {
  try {
    return { record: JSON.parse(text) };
  } catch {
    // The parser's message quotes the text, and texts of records do not belong in errors.
    return { error: new Error('The body is not JSON') };
  }
}
