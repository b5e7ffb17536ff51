import { existsSync, readFileSync } from 'node:fs';

/**
 * A package of `peers/node_modules`, which the root does not install and the compiler does not see: the
 * caller says what it uses of it.
 */
export async function loadPeer<Shape>(name: string): Promise<Shape> {
  return await import(name);
}

/** Where a package of the peers begins. */
export function peerUrl(name: string): string {
  return import.meta.resolve(name);
}

/** The installed version; undefined where `npm run bench` has not installed it, as in the tests. */
export function peerVersion(name: string): string | undefined {
  const manifest = new URL(`node_modules/${name}/package.json`, import.meta.url);
  if (!existsSync(manifest)) return undefined;
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'));
  return version;
}
