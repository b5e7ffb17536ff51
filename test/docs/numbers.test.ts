import { expect, it } from 'vitest';
import { claims, limitRows } from './support/claims.ts';
import { type Document, documents, readDocument } from './support/document.ts';
import { tablesOf } from './support/markdown.ts';
import { sourceNumber } from './support/source-number.ts';
import { spokenClaims } from './support/spoken-claims.ts';
import { wrongDefaults } from './support/wrong-defaults.ts';

const says = ({ text }: Document, wanted: string): boolean =>
  text.replaceAll(/\s+/gu, ' ').includes(wanted);

it.each([...claims, ...spokenClaims])('%s says, as the code has it: %s', (document, text) => {
  expect(says(readDocument(document), text)).toBe(true);
});

/** An option of `withLogFlush` has the name of an exporter's, and a default of its own. */
const withDefaults = documents.filter(({ path }) => path !== 'docs/lambda.md');

it.each(withDefaults)('the defaults in the tables of $path are those of the code', (document) => {
  expect(wrongDefaults(document)).toEqual([]);
});

it.each(limitRows)('where the README links to %s, it has its numbers', (file, numbers) => {
  const rows = tablesOf(readDocument('README.md'))
    .flatMap((table) => table.rows)
    .map(({ cells }) => cells.join(' '))
    .filter((row) => row.includes(file));
  for (const row of rows) {
    for (const number of numbers) expect(row).toContain(number);
  }
});

it('a default that the code does not have is told with its line', () => {
  const text =
    '| option | default |\n| --- | --- |\n| `timeoutMillis` | 300,000 |\n| `maxBufferedBytes` | 65 MiB |\n\n' +
    '| variable | value | default |\n| --- | --- | --- |\n| `OTEL_EXPORTER_<NAME>_MAX_TARGETS` | a number | 63 |\n';
  expect(wrongDefaults({ path: 'x.md', text })).toEqual([
    'x.md:4 says that maxBufferedBytes is 68157440 by default, which is 67108864',
    'x.md:8 says that maxTargets is 63 by default, which is 64',
  ]);
});

it('a number that the code does not have is noticed', () => {
  const document = { path: 'x.md', text: 'at most 4 in\nflight' };
  expect(says(document, 'at most 4 in flight')).toBe(true);
  expect(says(document, 'at most 5 in flight')).toBe(false);
  expect(() => sourceNumber('lane.ts', 'NO_SUCH_NUMBER')).toThrow(
    /lane\.ts with one number NO_SUCH/u,
  );
});
