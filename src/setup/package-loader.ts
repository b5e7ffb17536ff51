import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Loads packages that may not be there, synchronously: what they patch must be patched before the app loads. */
export interface PackageLoader {
  /** The file that `require(name)` would run; undefined when the package is nowhere. */
  resolve(name: string): string | undefined;
  /** The package; undefined when it is nowhere. Throws what it throws while it loads. */
  load<Module extends object>(name: string): Module | undefined;
  /** Looks first where the package `name` would find its own dependencies. */
  near(name: string): PackageLoader;
}

/** @param bases Files from which packages are looked for, the first that finds one wins. */
export function createPackageLoader(bases: readonly (string | URL)[]): PackageLoader {
  const resolve = (name: string): string | undefined => {
    for (const base of bases) {
      const file = resolveFrom(base, name);
      if (file !== undefined) return file;
    }
    return undefined;
  };
  return {
    resolve,
    load<Module extends object>(name: string): Module | undefined {
      const file = resolve(name);
      if (file === undefined) return undefined;
      const loaded: Module = createRequire(file)(file);
      return loaded;
    },
    near(name) {
      const file = resolve(name);
      return createPackageLoader(file === undefined ? bases : [file, ...bases]);
    },
  };
}

/**
 * Beside this package first, then where the app is: a global installation, or a package manager that
 * gives a package only what it declares, keeps the optional peers out of our sight.
 */
export function applicationBases(
  workingFolder: string,
  script: string | undefined,
): (string | URL)[] {
  const bases: (string | URL)[] = [import.meta.url, join(workingFolder, 'index.js')];
  return script === undefined ? bases : [...bases, script];
}

function resolveFrom(base: string | URL, name: string): string | undefined {
  try {
    return createRequire(base).resolve(name);
  } catch {
    // Not there, or it exports nothing to `require`; or the base itself is no absolute path.
    return undefined;
  }
}
