import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../packaging/support/package-root.ts';

/** Every file that git has or would take, from the folder of package.json; what a build makes is none of them. */
export const repositoryFiles: ReadonlySet<string> = new Set(
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: packageRoot,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
    .trimEnd()
    .split('\n')
    .filter((file) => existsSync(join(packageRoot, file))),
);

/** The files and every folder that holds one. */
export const repositoryPaths: ReadonlySet<string> = new Set(
  [...repositoryFiles].flatMap((file) => {
    const levels = file.split('/');
    return levels.map((_, index) => levels.slice(0, index + 1).join('/'));
  }),
);

/** The files of `src` with their text. */
export const repositorySources: readonly { readonly path: string; readonly text: string }[] = [
  ...repositoryFiles,
]
  .filter((path) => /^src\/.*\.ts$/u.test(path))
  .map((path) => ({ path, text: readFileSync(join(packageRoot, path), 'utf8') }));
