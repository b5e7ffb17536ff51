import { numberOf } from './number-kind.ts';
import type { ValueKind } from './value-kind.ts';

/** Texts with commas between them; `none` is the empty list. */
export function list(): ValueKind<readonly string[]> {
  return {
    expected: 'texts with commas between them, or `none`',
    secrecy: 'open',
    read(text) {
      const items = itemsOf(text);
      return items === undefined ? {} : { value: items };
    },
  };
}

/** Numbers with commas between them; `none` is the empty list. */
export function numberList(): ValueKind<readonly number[]> {
  const expected = 'numbers with commas between them, or `none`';
  return {
    expected,
    secrecy: 'open',
    read(text) {
      const items = itemsOf(text);
      if (items === undefined) return {};
      const value = items.map(numberOf).filter((item) => item !== undefined);
      return value.length === items.length ? { value } : { problem: `expected ${expected}` };
    },
  };
}

function itemsOf(text: string): string[] | undefined {
  if (text.trim().toLowerCase() === 'none') return [];
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length === 0 ? undefined : items;
}
