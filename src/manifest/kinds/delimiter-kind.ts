import type { ValueKind } from './value-kind.ts';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };

/** A text of which every character counts; `\n`, `\r`, `\t` and `\\` are escapes, `none` is the empty text. */
export function delimiter(): ValueKind<string> {
  return {
    expected: 'a text with `\\n`, `\\r`, `\\t`, or `none`',
    secrecy: 'open',
    read: (text) => ({
      value:
        text.toLowerCase() === 'none'
          ? ''
          : text.replaceAll(/\\([nrt\\])/gu, (whole, letter: string) => ESCAPES[letter] ?? whole),
    }),
  };
}
