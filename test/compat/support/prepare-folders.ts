import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { packageRoot } from '../../packaging/support/package-root.ts';
import { type Folder, folders } from '../cells/folders.ts';
import { typesCells } from '../cells/types-cells.ts';
import { apps } from './apps.ts';
import { run } from './run.ts';
import { folderPath, scratch } from './scratch.ts';
import { pnpmPath, tools } from './tools.ts';
import { writeSources } from './write-projects.ts';

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
const MINUTES_TO_INSTALL = 5;

/**
 * Packs the built package and installs it in a fresh folder for each set of peers. A folder is used again
 * while the package and the versions beside it are the same.
 */
export default async function prepareFolders(): Promise<void> {
  const started = performance.now();
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  checkAbove(scratch);
  const tarball = await pack();
  const stamp = createHash('sha256')
    .update(await readFile(tarball))
    .digest('hex');
  const installTools = prepare({ ...tools, installer: 'npm' }, 'once');
  const others = folders.map(async (folder) => {
    if (folder.installer === 'pnpm') await installTools;
    const packages = { ...folder.packages, collectorless: `file:${tarball}` };
    await prepare({ ...folder, packages }, stamp);
    const path = folderPath(folder.name);
    await Promise.all(apps.map((app) => copyFile(app, join(path, basename(app.pathname)))));
  });
  await Promise.all([installTools, ...others]);
  const compiled = new Set(typesCells.map(({ folder }) => folder.name));
  await Promise.all(Array.from(compiled, writeSources));
  const seconds = ((performance.now() - started) / 1_000).toFixed(0);
  process.stdout.write(`${scratch} is ready after ${seconds} s\n`);
}

/** Node.js looks for packages in the folders above, too: what a cell has not installed must not be there. */
function checkAbove(path: string): void {
  const above = dirname(path);
  const modules = join(above, 'node_modules');
  if (existsSync(modules)) throw new Error(`${modules} would be seen by the cells: remove it`);
  if (above !== path) checkAbove(above);
}

/** The build has run before: the test command begins with it. */
async function pack(): Promise<string> {
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', scratch];
  const { stdout } = await run('npm', pack, { cwd: packageRoot });
  return join(scratch, stdout.trim());
}

async function prepare(folder: Folder, stamp: string): Promise<void> {
  const path = folderPath(folder.name);
  const stampFile = join(path, 'installed.json');
  const wanted = JSON.stringify({ ...folder, stamp });
  if ((await readFile(stampFile, 'utf8').catch(() => undefined)) === wanted) return;
  await rm(path, { recursive: true, force: true });
  await mkdir(path);
  const manifest = { private: true, dependencies: folder.packages };
  await writeFile(join(path, 'package.json'), JSON.stringify(manifest, undefined, 2));
  await install(folder, path);
  await writeFile(stampFile, wanted);
}

async function install({ installer }: Folder, cwd: string): Promise<void> {
  const options = { cwd, timeoutMillis: MINUTES_TO_INSTALL * 60_000 };
  if (installer === 'npm') {
    await run('npm', ['install', '--no-package-lock', ...quiet], options);
    return;
  }
  // Without hoisting a package finds nothing but what it names itself.
  await writeFile(join(cwd, 'pnpm-workspace.yaml'), 'hoist: false\n');
  const store = ['--store-dir', folderPath('pnpm-store')];
  await run(process.execPath, [pnpmPath, 'install', '--ignore-scripts', ...store], options);
}
