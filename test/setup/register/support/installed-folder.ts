import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../../packaging/support/package-root.ts';

export interface InstalledFolder {
  readonly folder: string;
  remove(): void;
}

/** A project with the built package, and these packages of this repository beside it. */
export function createInstalledFolder(packages: readonly string[]): InstalledFolder {
  const folder = mkdtempSync(join(tmpdir(), 'collectorless-register-'));
  const modules = join(folder, 'node_modules');
  for (const path of ['package.json', 'dist']) {
    cpSync(join(packageRoot, path), join(modules, 'collectorless', path), { recursive: true });
  }
  for (const name of packages) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(packageRoot, 'node_modules', name), join(modules, name), 'junction');
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
