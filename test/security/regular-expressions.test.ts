import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeError } from '../../src/describe-error.ts';

/** The command line runs at the wish of who sits before it; all else meets what comes over the network. */
const folders = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ts'),
);
const LITERAL =
  /(?<![\w)\]/*<])\/((?:[^/\\\n[*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)\/([dgimsuvy]*)(?=[.,;)\s])/gu;

const found = folders.flatMap((path) =>
  [...withoutComments(readFileSync(join('src', path), 'utf8')).matchAll(LITERAL)].map(
    ([, source = '', flags = '']): [string, string] => [source, flags],
  ),
);

function withoutComments(code: string): string {
  return code.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gmu, '');
}

it('the regular expressions of the source are found', () => {
  expect(found.length).toBeGreaterThan(60);
  expect(found.map(([source]) => source)).toContain('[A-Za-z0-9+/=_-]{40,}');
});

// One that takes the square of the length would need hours.
it('no regular expression needs more than a moment for a hostile text of 1 MB', async () => {
  const unique = [
    ...new Map(found.map(([source, flags]) => [`/${source}/${flags}`, [source, flags]])).values(),
  ];
  const script = new URL('./children/match-hostile-texts.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, JSON.stringify(unique)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 50_000,
  });
  let lines = '';
  for await (const piece of child.stdout) lines += String(piece);
  expect(lines.trimEnd().split('\n').at(-1)).toBe('done');
});

it('a message of 1 MB is described in a moment', () => {
  for (const pump of ['value "', "' at '", '//', '?a=', 'bearer ', 'AKIA', '{', 'a'])
    expect(describeError(new Error(pump.repeat(1_000_000 / pump.length))).length).toBeLessThan(400);
});
