import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, readManifest } from '../../packaging/support/package-root.ts';
import { complain } from './complain.ts';
import { repositoryFiles } from './repository-files.ts';
import { scriptOptions } from './script-options.ts';
import type { ShellCommand } from './shell-commands.ts';

const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(packageRoot, 'package.json'), 'utf8'),
);
const manifest = readManifest();

/** What the documents install: this package, and what it is tested with. */
const packages = [
  manifest.name,
  ...Object.keys(manifest.dependencies),
  ...Object.keys(manifest.devDependencies),
  ...Object.keys(manifest.peerDependencies),
];

/** `npm run`, `npm install` and `npm test` of what there is not. */
export function wrongNpmCall(call: ShellCommand): readonly string[] {
  const [, verb = '', ...words] = call.words;
  if (verb === 'install') {
    return words
      .filter((word) => !word.startsWith('-') && !packages.includes(word))
      .map((word) => complain(call, `installs ${word}, which nothing here knows`, word, packages));
  }
  const name = verb === 'run' ? (words[0] ?? '') : verb;
  if (name === 'ci') return [];
  const script = scripts[name];
  if (script === undefined) {
    return [
      complain(call, `runs the script ${name}, which is not there`, name, Object.keys(scripts)),
    ];
  }
  const file = /node (?<file>\S+\.[cm]?[jt]s)(?: |$)/u.exec(script)?.groups?.['file'];
  return file === undefined ? [] : wrongScriptOptions(call, file, words.slice(1));
}

/** `npx` of a program that no package here has. */
export function wrongNpxCall(call: ShellCommand): readonly string[] {
  const name = call.words.slice(1).find((word) => !word.startsWith('-')) ?? '';
  if (existsSync(join(packageRoot, 'node_modules/.bin', name))) return [];
  return [complain(call, `runs ${name} by npx, which no package here has`, '', [])];
}

/** `node` with a file of ours, and options that the file does not speak of. */
export function wrongNodeCall(call: ShellCommand): readonly string[] {
  const words = call.words.slice(call.words.indexOf('node') + 1);
  const file = words.find((word) => !word.startsWith('-')) ?? '';
  return repositoryFiles.has(file)
    ? wrongScriptOptions(call, file, words.slice(words.indexOf(file) + 1))
    : [];
}

function wrongScriptOptions(
  call: ShellCommand,
  file: string,
  words: readonly string[],
): readonly string[] {
  const known = scriptOptions(file);
  return words
    .filter((word) => /^--./u.test(word))
    .map((word) => word.split('=', 1)[0] ?? '')
    .filter((option) => !known.includes(option))
    .map((option) =>
      complain(call, `gives ${file} ${option}, which it does not know`, option, known),
    );
}
