import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryPoints } from '../../scripts/entry-points.ts';
import { packageRoot, readManifest } from './support/package-root.ts';

const { exports, typesVersions } = readManifest();
const names = Object.keys(entryPoints);

describe('the exports of package.json', () => {
  it('name the entry points of the build and nothing else', () => {
    const subpaths = names.map((name) => (name === 'index' ? '.' : `./${name}`));
    expect(Object.keys(exports).sort()).toEqual([...subpaths, './package.json'].sort());
  });

  it.each(names)('offer %s to require() first, then to import, types before code', (name) => {
    const conditions = exports[name === 'index' ? '.' : `./${name}`];
    // As text, because the order of conditions matters and toEqual does not see it.
    expect(JSON.stringify(conditions)).toBe(
      JSON.stringify({
        require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
        default: { types: `./dist/${name}.d.mts`, default: `./dist/${name}.mjs` },
      }),
    );
  });

  it('are known to TypeScript that does not read them', () => {
    const subpaths = names.filter((name) => name !== 'index');
    expect(typesVersions['*']).toEqual(
      Object.fromEntries(subpaths.map((name) => [name, [`./dist/${name}.d.cts`]])),
    );
  });

  it.each(names)('name files that the build has written for %s', (name) => {
    const files = ['.cjs', '.mjs', '.d.cts', '.d.mts'].map((end) => `dist/${name}${end}`);
    expect(files.filter((file) => !existsSync(join(packageRoot, file)))).toEqual([]);
  });
});
