import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entryPoints } from '../../scripts/entry-points.ts';
import { apiFile, apiOf, declarationsOf } from '../../scripts/write-api.ts';

describe.each(Object.keys(entryPoints))('the subpath %s', (name) => {
  it('exports what its file in test/packaging/api says, which `npm run api` renews', () => {
    expect(apiOf(name)).toBe(readFileSync(apiFile(name), 'utf8'));
  });

  it('has a comment for everything that it exports', () => {
    const exported = declarationsOf(name).filter(({ isExported }) => isExported);
    expect(exported.filter(({ hasDoc }) => !hasDoc).map((one) => one.name)).toEqual([]);
  });
});
