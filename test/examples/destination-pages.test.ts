import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { AWS_NAMES, DESTINATION_NAMES } from '../../src/cli/destinations.ts';
import { runCli } from '../cli/support/run-cli.ts';
import { packageRoot } from '../packaging/support/package-root.ts';
import { DESTINATION_VARIABLES } from '../support/destination-variables.ts';

const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

const documents = [
  'README.md',
  ...readdirSync(join(packageRoot, 'docs')).map((name) => `docs/${name}`),
];

/** Commands of `collectorless iam` in a document, each with what is shown as its output. */
const shown = documents.flatMap((document) =>
  [
    ...read(document).matchAll(/^```\n\$ npx collectorless (iam (?:.|\\\n)*?)\n(\{.*?\n\})\n/gmsu),
  ].map(([, command = '', output = '']) => ({ document, command, output })),
);

test.each(shown)('$document shows what `collectorless $command` prints', async (one) => {
  const { exitCode, stdout } = await runCli(wordsOf(one.command));
  expect(exitCode).toBe(0);
  expect(one.output).toBe(stdout.trimEnd());
});

/** As a shell reads it, for what the documents hold: quotes, and lines that go on. */
function wordsOf(command: string): string[] {
  const words = command.replaceAll('\\\n', ' ').matchAll(/(?:'[^']*'|[^\s'])+/gu);
  return [...words].map(([word]) => word.replaceAll("'", ''));
}

const [, union = ''] =
  /type CauseCode =([^;]*);/u.exec(read('src/cli/doctor/diagnosis/diagnosis.ts')) ?? [];
const causes = new Set([...union.matchAll(/'([a-z_]+)'/gu)].map(([, cause = '']) => cause));

/** What stands between backticks in the first column of the tables with this first heading. */
function firstColumn(text: string, heading: string): string[] {
  const tables = text.split('\n\n').filter((part) => part.startsWith(`| ${heading} |`));
  return tables.flatMap((table) =>
    table
      .split('\n')
      .slice(2)
      .flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/gu)])
      .map(([, code = '']) => code),
  );
}

describe.each(DESTINATION_NAMES)('docs/%s.md', (name) => {
  const text = read(`docs/${name}.md`);

  it('has the same parts as the other pages', () => {
    const headings = [...text.matchAll(/^## (.+)$/gmu)].map(([, heading = '']) => heading);
    expect(headings).toEqual(expect.arrayContaining(['Set-up', 'Options', 'Limits']));
    expect(text).toMatch(/^## (?:When something fails|Failures)$/mu);
  });

  it('names causes of doctor, each once', () => {
    const named = firstColumn(text, '`doctor` says');
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((cause) => !causes.has(cause))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  it('names options that there are', () => {
    const { codeOnly, variables } = DESTINATION_VARIABLES[name];
    const options = new Set(
      [...variables, ...codeOnly].flatMap(({ option }) => [option, option.split('.')[0]]),
    );
    const named = firstColumn(text, 'option').map((code) => code.replace(/:.*/u, ''));
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((option) => !options.has(option))).toEqual([]);
  });
});

test.each(AWS_NAMES)('docs/%s.md shows the policy that the exporter needs', (name) => {
  const ownOnes = shown.filter(({ document }) => document === `docs/${name}.md`);
  expect(ownOnes.some(({ command }) => command.startsWith(`iam ${name} `))).toBe(true);
});
