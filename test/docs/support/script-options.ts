import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../packaging/support/package-root.ts';

/** The options that a script of ours takes with `parseArgs`, or looks for by itself. */
export function scriptOptions(file: string): readonly string[] {
  const code = readFileSync(join(packageRoot, file), 'utf8');
  const parsed = code.matchAll(/^ +'?(?<name>[\w-]+)'?: \{ type: '/gmu);
  return [
    ...[...parsed].map(({ groups }) => `--${groups?.['name']}`),
    ...[...code.matchAll(/--[a-z][a-z-]+/gu)].map(([option]) => option),
  ];
}
