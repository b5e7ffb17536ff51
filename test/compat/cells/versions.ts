import { readManifest } from '../../packaging/support/package-root.ts';

const { devDependencies } = readManifest();

/** Package names with exact versions. */
export type Versions = Readonly<Record<string, string>>;

/** What the repository itself develops with. */
export function versionsHere(...names: readonly string[]): Versions {
  return Object.fromEntries(names.map((name) => [name, versionHere(name)]));
}

export function versionHere(name: string): string {
  const version = devDependencies[name];
  if (version === undefined) throw new Error(`${name} is no development dependency`);
  return version;
}

/** The Node that the tests themselves run on. */
export const ownNode: string = versionHere('node');

export const ownTypeScript: string = versionHere('typescript');
export const otherTypeScript = '5.9.3';
