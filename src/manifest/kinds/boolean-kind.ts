import type { ValueKind } from './value-kind.ts';

/** `true` or `false` in any case, and no other word (OpenTelemetry specification, "Boolean"). */
export function boolean(): ValueKind<boolean> {
  const expected = '`true` or `false`';
  return {
    expected,
    secrecy: 'open',
    read(text) {
      const word = text.trim().toLowerCase();
      if (word === '') return {};
      return word === 'true' || word === 'false'
        ? { value: word === 'true' }
        : { problem: `expected ${expected}` };
    },
  };
}
