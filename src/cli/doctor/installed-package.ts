import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The version of a package as this one finds it; undefined when it does not. */
export function installedVersion(name: string): string | undefined {
  try {
    const main = createRequire(import.meta.url).resolve(name);
    return versionAbove(dirname(main), name);
  } catch {
    return undefined;
  }
}

/** A package may keep its package.json out of `exports`, and may have others in its folders. */
function versionAbove(folder: string, name: string): string | undefined {
  const manifest = readManifest(join(folder, 'package.json'));
  if (manifest?.name === name && typeof manifest.version === 'string') return manifest.version;
  const parent = dirname(folder);
  return parent === folder ? undefined : versionAbove(parent, name);
}

function readManifest(
  path: string,
): { readonly name?: unknown; readonly version?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
