// As a whole: Node.js 20 has no `registerHooks`, and an import by that name would end the process.
import * as nodeModule from 'node:module';

/**
 * Leaves what no module imports as Node.js resolves it: the application's first file, and the globals of `node -e` and
 * `node -p` (`os`, `path` …). `import-in-the-middle` (3.6) does not wrap these either, but takes those whose address has no
 * extension for CommonJS files: the application ended with an error. Of hooks the last one is asked first.
 *
 * @param registerOthers Registers the hooks that this is about.
 */
export function keepingFirstFiles(registerOthers: () => void): void {
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

/** The same for hooks that run on a thread of their own, which knows nothing of this one. */
export function keepingFirstFilesOnThread(registerOthers: () => void): void {
  nodeModule.register(NOTING_FIRST_FILES);
  registerOthers();
  nodeModule.register(KEEPING_FIRST_FILES);
}

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
