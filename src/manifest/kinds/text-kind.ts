import type { Secrecy } from './secrecy.ts';
import type { ValueKind } from './value-kind.ts';

/** A text without the spaces and line breaks around it, which come from files of secrets. */
export function text(expected = 'a text', secrecy: Secrecy = 'open'): ValueKind<string> {
  return {
    expected,
    secrecy,
    read(given) {
      const value = given.trim();
      return value === '' ? {} : { value };
    },
  };
}

/** A name with `{placeholders}`. */
export const template = (): ValueKind<string> => text('a text or a template');

/** A text of which warnings tell nothing. */
export const secret = (): ValueKind<string> => text('a text', 'secret');

/** An address: of it warnings tell scheme and host. Whether it is right is for its option to say. */
export const address = (expected = 'an address'): ValueKind<string> => text(expected, 'address');

/** An address that no option checks before the first request. */
export function httpAddress(): ValueKind<string> {
  const expected = 'an http or https address';
  const kind = address(expected);
  return {
    ...kind,
    read(given) {
      const { value } = kind.read(given);
      if (value === undefined) return {};
      const isHttp = URL.canParse(value) && /^https?:$/u.test(new URL(value).protocol);
      return isHttp ? { value } : { problem: `expected ${expected}` };
    },
  };
}
