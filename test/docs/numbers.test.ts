import { expect, it } from 'vitest';
import { claims } from './support/claims.ts';
import { type Document, readDocument } from './support/document.ts';
import { sourceNumber } from './support/source-number.ts';

const says = ({ text }: Document, wanted: string): boolean =>
  text.replaceAll(/\s+/gu, ' ').includes(wanted);

it.each(claims)('%s says, as the code has it: %s', (document, text) => {
  expect(says(readDocument(document), text)).toBe(true);
});

it('a number that the code does not have is noticed', () => {
  const document = { path: 'x.md', text: 'at most 4 in\nflight' };
  expect(says(document, 'at most 4 in flight')).toBe(true);
  expect(says(document, 'at most 5 in flight')).toBe(false);
  expect(() => sourceNumber('lane.ts', 'NO_SUCH_NUMBER')).toThrow(
    /lane\.ts with one number NO_SUCH/u,
  );
});
