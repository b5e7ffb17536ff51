import { basename } from 'node:path';
import { DESTINATION_VARIABLES } from '../../support/destination-variables.ts';
import type { Document } from './document.ts';
import { defaultOf } from './known-defaults.ts';
import { type Table, type TableRow, tablesOf } from './markdown.ts';

/** Tables whose column `default` has another number than the code. */
export function wrongDefaults(document: Document): readonly string[] {
  const tables = tablesOf(document).filter(
    ({ columns }) => /^(?:option|variable)$/u.test(columns[0] ?? '') && columns.includes('default'),
  );
  return tables.flatMap((table) => table.rows.flatMap((row) => wrongDefault(table, row)));
}

function wrongDefault({ columns, path }: Table, { cells, line }: TableRow): readonly string[] {
  const told = numberIn(cells[columns.indexOf('default')] ?? '');
  const { destination, option } = optionIn(cells[0] ?? '', basename(path, '.md'));
  const known = defaultOf(option, destination);
  if (known === undefined || told === known) return [];
  return [`${path}:${line} says that ${option} is ${told} by default, which is ${known}`];
}

/** `64 MiB`, `300,000`, `200 ms, doubled up to 10 s`: the number that stands first. */
function numberIn(cell: string): number {
  const { digits = '', unit } = /(?<digits>\d[\d,]*)(?: (?<unit>MiB))?/u.exec(cell)?.groups ?? {};
  return Number(digits.replaceAll(',', '')) * (unit === undefined ? 1 : 1_048_576);
}

/** Of a variable the option that it gives; a page that is named after a destination is about its options. */
function optionIn(cell: string, page: string): { option: string; destination: string } {
  const name = /`(?<name>[\w.<>]+)`/u.exec(cell)?.groups?.['name'] ?? '';
  const common = name.replace('<NAME>', 'FIREHOSE');
  for (const [destination, { variables }] of Object.entries(DESTINATION_VARIABLES)) {
    const found = variables.find((variable) => variable.name === common);
    if (found !== undefined) return { option: found.option, destination };
  }
  return { option: name, destination: page };
}
