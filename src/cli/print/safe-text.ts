/**
 * What a terminal obeys or what hides text: controls (C0, DEL, C1), line separators, lone surrogates, and
 * format characters such as the ones that turn the direction of text, with U+2065, which Unicode keeps free among
 * those. The joiners of emoji and of several scripts stay.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u2065]|(?![\u200c\u200d])\p{Cf}/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** The text with every character that a terminal might obey written out, on one line. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, (character) => SHORT_ESCAPES[character] ?? escaped(character));
}

/** The same for JSON text, which stays the same JSON: outside of its strings there is no such character. */
export function safeJson(json: string): string {
  return json.replace(UNSAFE, (character) =>
    // Two units for a character beyond U+FFFF, as JSON has no other escape.
    Array.from({ length: character.length }, (_, unit) => jsonEscape(character, unit)).join(''),
  );
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return `\\u{${code.toString(16)}}`;
}

function jsonEscape(character: string, unit: number): string {
  return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
}
