import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../packaging/support/package-root.ts';
import { repositoryFiles } from './support/repository-files.ts';
import { wrongCommands } from './support/wrong-commands.ts';
import { wrongPaths } from './support/wrong-paths.ts';

const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

/** Those to be run; `examples/demo` is one, behind `npm run demo`. */
const examples = [...repositoryFiles].filter((path) =>
  /^examples\/(?:register\/)?[^/]+\.(?:[cm]?js|ts)$/u.test(path),
);
const tests = [...repositoryFiles].filter((path) => /^test\/(?!docs\/).*\.test\.ts$/u.test(path));
const testTexts = tests.map(read);

/** What the comment that it begins with says to run: itself, or the file that runs it. */
const commandsOf = (path: string): readonly { command: string; file: string }[] => {
  const head = /^(?:\/\/.*\n)+/u.exec(read(path))?.[0] ?? '';
  const commands = head.matchAll(/npx node (?<file>examples\/[\w./-]+)(?: examples\/\S+)?/gu);
  return [...commands].map(({ 0: command, groups }) => ({ command, file: groups?.['file'] ?? '' }));
};

describe.each(examples)('%s', (path) => {
  it('begins with the one command that runs it', () => {
    const commands = commandsOf(path);
    expect(commands.length).toBeGreaterThan(0);
    const text = commands.map(({ command }) => `\`${command}\``).join('\n');
    expect([...wrongCommands({ path, text }), ...wrongPaths({ path, text })]).toEqual([]);
  });

  it('is run by a test', () => {
    const files = [path, ...commandsOf(path).map(({ file }) => file)];
    const quoted = files.map((file) => `'${file.replace('examples/', '')}'`);
    expect(testTexts.some((text) => quoted.some((name) => text.includes(name)))).toBe(true);
  });
});
