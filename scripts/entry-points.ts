import { destinationFolders } from './destination-folders.ts';

/**
 * Every subpath of the package and its source: `index` is the root, others are `collectorless/<name>`.
 *
 * The build, the tests' aliases and the check for unused code read this list; a packaging test holds
 * `exports` of package.json and the built files against it.
 */
export const entryPoints: Readonly<Record<string, string>> = {
  index: 'src/index.ts',
  ...Object.fromEntries(
    destinationFolders().map((name) => [name, `src/destinations/${name}/index.ts`]),
  ),
  decode: 'src/decode/index.ts',
  lambda: 'src/lambda/index.ts',
  register: 'src/setup/register.ts',
  testing: 'src/testing/index.ts',
};

/** Programs of `bin` in package.json by the name of their built file. They are no subpath: nobody imports them. */
export const programs: Readonly<Record<string, string>> = {
  cli: 'src/cli/main.ts',
};

/** Built files that another one loads by their name, beside it, when it runs. They are no subpath either. */
export const parts: Readonly<Record<string, string>> = {
  'start-thread': 'src/setup/start-thread.ts',
};
