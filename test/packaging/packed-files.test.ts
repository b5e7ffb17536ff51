import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { packageRoot } from './support/package-root.ts';

function packedFiles(): readonly string[] {
  const { stdout } = spawnSync('npm pack --dry-run --json --offline --ignore-scripts', {
    cwd: packageRoot,
    encoding: 'utf8',
    shell: true,
  });
  const [tarball] = JSON.parse(stdout) as [
    { readonly files: readonly { readonly path: string }[] },
  ];
  return tarball.files.map((file) => file.path).sort();
}

const files = packedFiles();

it('publishes the built files and four files beside them, nothing else', () => {
  expect(files.filter((file) => !file.startsWith('dist/'))).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'package.json',
  ]);
});

it('publishes only modules and their types, both as ESM and CommonJS', () => {
  const built = files.filter((file) => file.startsWith('dist/'));
  expect(built.filter((file) => !/\.[cm]js$|\.d\.[cm]ts$/.test(file))).toEqual([]);
  expect(built.filter((file) => file.endsWith('.cjs')).length).toBeGreaterThan(0);
  const asCommonJs = built.map((file) => file.replace(/mjs$/, 'cjs').replace(/mts$/, 'cts'));
  expect(asCommonJs.filter((file) => !built.includes(file))).toEqual([]);
});

it('publishes no code of other packages', () => {
  expect(files.filter((file) => file.includes('node_modules'))).toEqual([]);
});
