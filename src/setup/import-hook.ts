import { isBuiltin, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { keepingFirstFiles, keepingFirstFilesOnThread } from './keep-first-files.ts';
import type { PackageLoader } from './package-loader.ts';

/** What instrumentations say about the modules that they patch. */
interface PatchesModules {
  getModuleDefinitions(): readonly { readonly name: string }[];
}

interface SynchronousHooks {
  supportsSyncHooks(): boolean;
  register(options: { readonly include: readonly (string | RegExp)[] }): void;
}

/**
 * Lets instrumentations patch what ES modules import, in their own copy of `import-in-the-middle`.
 *
 * Only what they name is wrapped: wrapping is not free, and not every module of an application stands it.
 */
export function installImportHook(
  packages: PackageLoader,
  instrumentations: readonly object[],
): void {
  const include = importsToWrap(instrumentations);
  if (include.length === 0) return;
  const near = packages
    .near('@opentelemetry/auto-instrumentations-node')
    .near('@opentelemetry/instrumentation');
  // On the application's thread where Node can (22.22.3, 24.11.1 and newer): `module.register` is deprecated.
  const hooks = loadSynchronousHooks(near);
  if (hooks?.supportsSyncHooks() === true) {
    keepingFirstFiles(() => hooks.register({ include }));
    return;
  }
  const hookFile = near.resolve('import-in-the-middle/hook.mjs');
  if (hookFile === undefined) return;
  keepingFirstFilesOnThread(() => register(pathToFileURL(hookFile), { data: { include } }));
}

/** An ES module, which Node.js before 22.12 cannot have at once, nor one with --no-experimental-require-module. */
function loadSynchronousHooks(near: PackageLoader): SynchronousHooks | undefined {
  try {
    return near.load<SynchronousHooks>('import-in-the-middle/register-hooks.mjs');
  } catch {
    return undefined;
  }
}

/** Node's own modules by name; of packages all files, because inner ones are patched too. */
function importsToWrap(instrumentations: readonly object[]): (string | RegExp)[] {
  const names = instrumentations
    .filter(patchesModules)
    .flatMap((instrumentation) => instrumentation.getModuleDefinitions().map(({ name }) => name));
  return [...new Set(names)].flatMap((name): (string | RegExp)[] =>
    isBuiltin(name) ? [name, `node:${name}`] : [filesOf(name)],
  );
}

function patchesModules(instrumentation: object): instrumentation is PatchesModules {
  return typeof Reflect.get(instrumentation, 'getModuleDefinitions') === 'function';
}

function filesOf(packageName: string): RegExp {
  return new RegExp(`/node_modules/${packageName.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}/`, 'u');
}
