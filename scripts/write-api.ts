// npm run api writes what each subpath exports, as the build has it, to test/packaging/api.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { entryPoints } from './entry-points.ts';
import { type Declaration, readApi } from './read-api.ts';

const ROOT = 'index';

export const apiFile = (name: string): string =>
  fileURLToPath(new URL(`../test/packaging/api/${name}.txt`, import.meta.url));

/** The declarations of a subpath in the built package. */
export function declarationsOf(name: string): readonly Declaration[] {
  return readApi(fileURLToPath(new URL(`../dist/${name}.d.mts`, import.meta.url)));
}

/** What a user of the subpath can name, then what it is made of and the root does not tell already. */
export function apiOf(name: string): string {
  const ofRoot = new Set(name === ROOT ? [] : declarationsOf(ROOT).map(({ text }) => text));
  const declarations = declarationsOf(name).filter(
    ({ isExported, text }) => isExported || !ofRoot.has(text),
  );
  const exported = declarations.filter(({ isExported }) => isExported);
  const others = declarations.filter(({ isExported }) => !isExported);
  return [
    `// ${name === ROOT ? 'collectorless' : `collectorless/${name}`} exports`,
    ...exported.map(({ text }) => text),
    ...(others.length === 0 ? [] : ['// and they are made of']),
    ...others.map(({ text }) => text),
    '',
  ].join('\n\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL('../test/packaging/api/', import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const name of Object.keys(entryPoints)) writeFileSync(apiFile(name), apiOf(name));
}
