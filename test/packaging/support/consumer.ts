import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot, readManifest } from './package-root.ts';

/** A project that has installed the built package, in a folder of its own. */
export interface Consumer {
  /** Runs Node in the project with `args`; answers what it wrote, or throws with it. */
  run(...args: readonly string[]): string;
  write(name: string, text: string): void;
  remove(): void;
}

/**
 * Copies what is published and links what npm would install beside it, from this repository.
 *
 * Without `withOptionalPeers` the project has only the peers that npm installs by itself.
 */
export function createConsumer(options: {
  readonly withOptionalPeers: boolean;
  readonly alsoInstalled?: readonly string[];
}): Consumer {
  if (!existsSync(join(packageRoot, 'dist'))) {
    throw new Error('These tests read the built package: `npm run build` first, or `npm test`.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'collectorless-consumer-'));
  const modules = join(folder, 'node_modules');
  for (const path of ['package.json', 'dist']) {
    cpSync(join(packageRoot, path), join(modules, 'collectorless', path), { recursive: true });
  }
  for (const name of installedPackages(options.withOptionalPeers)) linkPackage(modules, name);
  for (const name of options.alsoInstalled ?? []) linkPackage(modules, name);
  return {
    run(...args) {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: folder,
        encoding: 'utf8',
      });
      if (status !== 0)
        throw new Error(`node ${args.join(' ')}: exit ${status}\n${stdout}${stderr}`);
      return stdout;
    },
    write(name, text) {
      writeFileSync(join(folder, name), text);
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function installedPackages(withOptionalPeers: boolean): readonly string[] {
  const { dependencies, peerDependencies, peerDependenciesMeta } = readManifest();
  const peers = Object.keys(peerDependencies).filter(
    (name) => withOptionalPeers || peerDependenciesMeta[name]?.optional !== true,
  );
  return [...Object.keys(dependencies), ...peers];
}

function linkPackage(modules: string, name: string): void {
  const link = join(modules, name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(packageRoot, 'node_modules', name), link, 'junction');
}
