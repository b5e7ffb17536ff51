import { describe, expect, it } from 'vitest';
import { DESTINATION_NAMES } from '../../src/cli/destinations.ts';
import { readDocument } from './support/document.ts';
import { linkTargetsOf } from './support/markdown.ts';
import { undatedLimits, unshownRows } from './support/unshown-promises.ts';

const WITH_PROMISES = [
  'README.md',
  'SECURITY.md',
  'docs/delivery.md',
  'docs/exit.md',
  'docs/requirements.md',
];

it.each(WITH_PROMISES)('every promise of %s has a test or a bench beside it', (path) => {
  expect(unshownRows(readDocument(path))).toEqual([]);
});

describe.each(DESTINATION_NAMES)('docs/%s.md', (name) => {
  const document = readDocument(`docs/${name}.md`);

  it('says where its limits are from, when they were read, and which constants they are', () => {
    expect(undatedLimits(document, `src/destinations/${name}/${name}-limits.ts`)).toEqual([]);
  });

  it('links to tests of its destination', () => {
    const links = linkTargetsOf(document).map(({ text }) => text);
    expect(links).toContainEqual(expect.stringContaining(`../test/destinations/${name}/`));
  });
});

describe('what is wrong is told with its line:', () => {
  it('a promise without a test', () => {
    const text =
      '| promise | shown by |\n| --- | --- |\n| a | [a](test/a.test.ts) |\n| b | [b](docs/b.md) |\n';
    expect(unshownRows({ path: 'x.md', text })).toEqual(['x.md:4 has neither test nor bench']);
    expect(unshownRows({ path: 'x.md', text: 'none' })).toEqual(['x.md:1 has no promises']);
  });

  it('limits without page, date or constants', () => {
    const text = '# X\n\n## Limits\n\n10 a second, read on 2026-11-21.\n\n## More\n';
    expect(undatedLimits({ path: 'x.md', text }, 'src/x-limits.ts')).toEqual([
      'x.md:3 has no link to src/x-limits.ts below Limits',
    ]);
    expect(
      undatedLimits({ path: 'x.md', text: '## Limits\n\nhttps://x.example\n' }, 'Limits'),
    ).toEqual(['x.md:1 names a page but not when it was read']);
  });
});
