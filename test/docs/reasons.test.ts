import { expect, it } from 'vitest';
import { documents, readDocument } from './support/document.ts';
import { codeSpansOf, tablesOf } from './support/markdown.ts';
import { repositorySources } from './support/repository-files.ts';

const union = repositorySources
  .map(({ text }) => /^export type DropReason =(?<names>[^;]*);/mu.exec(text)?.groups?.['names'])
  .join('');
const reasons = [...union.matchAll(/'(?<reason>\w+)'/gu)].map(({ groups }) => groups?.['reason']);

it('docs/delivery.md has a row for every reason of a drop, and for no other', () => {
  const [table] = tablesOf(readDocument('docs/delivery.md')).filter(
    ({ columns }) => columns[0] === 'reason',
  );
  const told = (table?.rows ?? []).flatMap(({ cells }) =>
    [...(cells[0] ?? '').matchAll(/`(?<reason>\w+)`/gu)].map(({ groups }) => groups?.['reason']),
  );
  expect(reasons.length).toBeGreaterThan(10);
  expect(told.toSorted()).toEqual(reasons.toSorted());
});

it.each(documents)('what $path says of `dropped` are reasons', (document) => {
  const told = codeSpansOf(document).flatMap(({ line, text }) => {
    const reason = /^dropped(?:\.|: \{ )(?<reason>\w+)/u.exec(text)?.groups?.['reason'];
    return reason === undefined ? [] : [{ line, reason }];
  });
  expect(told.filter(({ reason }) => !reasons.includes(reason))).toEqual([]);
});
