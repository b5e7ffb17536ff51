import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const docs = new URL('../../docs/', import.meta.url);
const text = readFileSync(new URL('requirements.md', docs), 'utf8');

const COUNTS = { FF: 17, CA: 17, LK: 22, DL: 14, BA: 14 };
const ids = Object.entries(COUNTS).flatMap(([prefix, count]) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`),
);

interface Row {
  readonly id: string;
  readonly where: string;
  /** The test file's address relative to the document; undefined when the row has none. */
  readonly testFile: string | undefined;
}

const rows: readonly Row[] = text
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, id = '']) => /^[A-Z]{2}-\d+$/u.test(id))
  .map(([, id = '', , where = '', test = '']) => ({
    id,
    where,
    testFile: /\]\(([^)]+\.test\.ts)\)/u.exec(test)?.[1],
  }));

/** The names of a file's tests. */
function testNamesIn(file: URL): string[] {
  const source = readFileSync(file, 'utf8');
  const names = source.matchAll(/(?:^|[\s)])(?:it|test)?\(\s*(['"`])(.*?)\1,\s*(?:async )?\(/gu);
  return Array.from(names, ([, , name = '']) => name);
}

describe('the table of requirements', () => {
  it('has one row for each id, in their order', () => {
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  it('gives a test or a reason in each row', () => {
    const unexplained = rows.filter(
      ({ testFile, where }) => testFile === undefined && !/^does not apply\b/u.test(where),
    );
    expect(unexplained).toEqual([]);
  });

  it.each(
    rows.flatMap(({ id, testFile }) => (testFile === undefined ? [] : [[id, testFile] as const])),
  )('%s is the beginning of a test name in %s', (id, testFile) => {
    const file = new URL(testFile, docs);
    expect(existsSync(file)).toBe(true);
    expect(testNamesIn(file).some((name) => name.startsWith(`${id} `))).toBe(true);
  });

  it('links to documents and headings that exist', () => {
    for (const [, path = '', heading] of text.matchAll(/\]\(([\w-]+\.md)(?:#([\w-]+))?\)/gu)) {
      const linked = readFileSync(new URL(path, docs), 'utf8');
      const slugs = Array.from(linked.matchAll(/^#+ (.+)$/gmu), ([, title = '']) =>
        title.toLowerCase().replaceAll(' ', '-'),
      );
      if (heading !== undefined) expect(slugs).toContain(heading);
    }
  });
});
