// As a whole: Node.js 20 has no `registerHooks`, and an import by that name would end the process.
import * as nodeModule from 'node:module';
import { pathToFileURL } from 'node:url';
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
  nodeModule.register(NOTING_FIRST_FILES);
  nodeModule.register(pathToFileURL(hookFile), { data: { include } });
  nodeModule.register(KEEPING_FIRST_FILES);
}

/** What `keepingFirstFiles` does, for the thread of the hooks, which knows nothing of this one. */
const NOTING_FIRST_FILES = moduleOf(`
  export async function resolve(specifier, context, nextResolve) {
    const resolved = await nextResolve(specifier, context);
    if (context.parentURL === undefined) globalThis.firstFile = resolved;
    return resolved;
  }`);
const KEEPING_FIRST_FILES = moduleOf(`
  export async function resolve(specifier, context, nextResolve) {
    const resolved = await nextResolve(specifier, context);
    const isFirst = context.parentURL === undefined && globalThis.firstFile?.url === resolved.url;
    return isFirst ? globalThis.firstFile : resolved;
  }`);

function moduleOf(code: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

/** An ES module, which Node.js before 22.12 cannot have at once, nor one with --no-experimental-require-module. */
function loadSynchronousHooks(near: PackageLoader): SynchronousHooks | undefined {
  try {
    return near.load<SynchronousHooks>('import-in-the-middle/register-hooks.mjs');
  } catch {
    return undefined;
  }
}

/**
 * Leaves what no module imports as Node.js resolves it: the application's first file, and the globals of `node -e` and
 * `node -p` (`os`, `path` …). `import-in-the-middle` (3.6) does not wrap these either, but takes those whose address has no
 * extension for CommonJS files: the application ended with an error. Of hooks the last one is asked first.
 *
 * @param registerOthers Registers the hooks that this is about.
 */
function keepingFirstFiles(registerOthers: () => void): void {
  let resolved: nodeModule.ResolveFnOutput | undefined;
  nodeModule.registerHooks({
    resolve(specifier, context, nextResolve) {
      resolved = nextResolve(specifier, context);
      return resolved;
    },
  });
  registerOthers();
  nodeModule.registerHooks({
    resolve(specifier, context, nextResolve) {
      resolved = undefined;
      const result = nextResolve(specifier, context);
      return context.parentURL === undefined ? (resolved ?? result) : result;
    },
  });
}

/** Node's own modules by name; of packages all files, because inner ones are patched too. */
function importsToWrap(instrumentations: readonly object[]): (string | RegExp)[] {
  const names = instrumentations
    .filter(patchesModules)
    .flatMap((instrumentation) => instrumentation.getModuleDefinitions().map(({ name }) => name));
  return [...new Set(names)].flatMap((name): (string | RegExp)[] =>
    nodeModule.isBuiltin(name) ? [name, `node:${name}`] : [filesOf(name)],
  );
}

function patchesModules(instrumentation: object): instrumentation is PatchesModules {
  return typeof Reflect.get(instrumentation, 'getModuleDefinitions') === 'function';
}

function filesOf(packageName: string): RegExp {
  return new RegExp(`/node_modules/${packageName.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}/`, 'u');
}
