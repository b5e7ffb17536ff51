import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest } from '../../packaging/support/package-root.ts';
import { bare } from '../cells/folders.ts';
import type { TypesCell } from '../cells/types-cells.ts';
import { folderPath } from './scratch.ts';

const ENDS = ['mts', 'cts', 'ts'] as const;

/** Options of their exporters are those of an AWS client: their types need it. */
const NEED_AWS = ['/cloudwatch-logs', '/firehose', '/kinesis', '/sqs'];

/** Writes what the cells of a folder compile: `use-options`, and a file for each subpath. */
export async function writeSources(folderName: string): Promise<void> {
  const folder = folderPath(folderName);
  const options = join(folder, 'use-options.ts');
  await Promise.all(['mts', 'cts'].map((end) => copyFile(options, options.replace(/ts$/u, end))));
  for (const { file, subpath, types } of subpaths) {
    const installed = join(folder, 'node_modules/collectorless', types);
    const text = exportAgain(await readFile(installed, 'utf8'), `collectorless${subpath}`);
    await Promise.all(ENDS.map((end) => writeFile(join(folder, `${file}.${end}`), text)));
  }
}

/** A name whose types are not found is an error of a file that exports it again. */
function exportAgain(declarations: string, specifier: string): string {
  const names = /export (\{[^}]*\});?\s*$/u.exec(declarations)?.[1];
  if (names === undefined) throw new Error(`${specifier} does not end with what it exports`);
  return `export ${names} from '${specifier}';\n`;
}

/** Writes the settings of a cell; answers their path. */
export async function writeSettings(cell: TypesCell): Promise<string> {
  const { folder, typescript, ...options } = cell;
  const compilerOptions = {
    ...options,
    target: 'es2022',
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    types: ['node'],
  };
  const sources =
    folder === bare
      ? subpaths.filter(({ subpath }) => !NEED_AWS.includes(subpath))
      : [{ file: 'use-options' }, ...subpaths];
  const ends = options.module === 'nodenext' ? ['mts', 'cts'] : ['ts'];
  const files = sources.flatMap(({ file }) => ends.map((end) => `${file}.${end}`));
  const name = `tsconfig.${typescript}-${options.module}.json`;
  const path = join(folderPath(folder.name), name);
  await writeFile(path, JSON.stringify({ compilerOptions, files }, undefined, 2));
  return path;
}

const subpaths = Object.entries(readManifest().exports).flatMap(([key, conditions]) => {
  if (typeof conditions === 'string') return [];
  const subpath = key.slice(1);
  return [{ file: `names${subpath.replace('/', '-')}`, subpath, types: conditions.default.types }];
});
