// node scripts/write-environment-table.ts writes the tables of variables in docs/register.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DESTINATION_NAMES } from '../src/cli/destinations.ts';
import type { DestinationName } from '../src/destinations/manifests.ts';
import { COMMON_TABLE } from '../src/manifest/common-table.ts';
import type { CodeOnlyOption, Variable } from '../src/manifest/list-variables.ts';
import {
  type DestinationVariables,
  loadVariables,
} from '../src/setup/environment/load-variables.ts';
import { sourcesOf } from './destination-folders.ts';
import { type OptionDoc, readOptionDocs } from './read-option-docs.ts';

export const REGISTER_DOC: string = fileURLToPath(new URL('../docs/register.md', import.meta.url));

const COMMON_SOURCES = [
  'exporter/exporter-options.ts',
  'send/retry-policy.ts',
  'spool/spool-options.ts',
];

const destinations = await Promise.all(
  DESTINATION_NAMES.map(async (name) => ({ name, variables: await loadVariables(name) })),
);

const NONE = { codeOnly: [], prefix: '', variables: [] };

/** The document with the tables as they are now between their marks. */
export function withEnvironmentTables(document: string): string {
  const tables: readonly (readonly [mark: string, table: string])[] = [
    ['every exporter', commonTable()],
    ...destinations.map(({ name, variables }) => [name, ownTable(name, variables)] as const),
  ];
  return tables.reduce((text, [name, table]) => {
    const start = `<!-- variables: ${name} -->`;
    const end = '<!-- end of variables -->';
    const from = text.indexOf(start);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0)
      throw new Error(`Expected docs/register.md to have ${start} and ${end}`);
    return `${text.slice(0, from)}${start}\n\n${table}\n\n${text.slice(to)}`;
  }, document);
}

function commonTable(): string {
  const [{ codeOnly, prefix, variables } = NONE] = destinations.map((one) => one.variables);
  const rows = variables
    .filter(isCommon)
    .map((one) => ({ ...one, name: one.name.replace(prefix, 'OTEL_EXPORTER_<NAME>_') }));
  const table = tableOf(rows, readOptionDocs(COMMON_SOURCES), () => undefined);
  return `${table}\n\n${byCode(codeOnly.filter(isCommon))}`;
}

function ownTable(
  name: DestinationName,
  { alternatives, codeOnly, variables }: DestinationVariables,
): string {
  const required = alternatives.find(({ isRequired }) => isRequired)?.options ?? [];
  const choices = required.filter((option) => variables.some((one) => one.option === option));
  const table = tableOf(
    variables.filter((one) => !isCommon(one)),
    readOptionDocs(sourcesOf(name)),
    ({ option }) => {
      if (!choices.includes(option)) return undefined;
      return choices.length === 1 ? 'required' : `one of ${choices.length} is required`;
    },
  );
  return `${table}\n\n${byCode(codeOnly.filter((one) => !isCommon(one)))}`.trim();
}

function isCommon({ option }: { readonly option: string }): boolean {
  return Object.hasOwn(COMMON_TABLE, option.split('.', 1)[0] ?? '');
}

function tableOf(
  variables: readonly Variable[],
  docs: ReadonlyMap<string, OptionDoc>,
  requirementOf: (variable: Variable) => string | undefined,
): string {
  const rows = variables.map((variable) => {
    const [group = '', member] = variable.option.split('.');
    const docOfGroup = docs.get(group);
    const doc = member === undefined ? docOfGroup : docs.get(member);
    const meaning = variable.meaning ?? doc?.meaning ?? docOfGroup?.meaning ?? '';
    const defaultValue =
      requirementOf(variable) ?? (doc?.defaultValue || docOfGroup?.defaultValue || '–');
    return [`\`${variable.name}\``, variable.kind.expected, defaultValue, meaning];
  });
  return [['variable', 'value', 'default', 'meaning'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

function byCode(options: readonly CodeOnlyOption[]): string {
  if (options.length === 0) return '';
  const reasons = options.map(({ option, reason }) => `\`${option}\`, which ${reason}`);
  return `Without a variable: ${reasons.join('; ')}.`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const written = withEnvironmentTables(readFileSync(REGISTER_DOC, 'utf8'));
  writeFileSync(REGISTER_DOC, written);
}
