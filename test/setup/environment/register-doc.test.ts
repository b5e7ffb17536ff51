import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readOptionDocs } from '../../../scripts/read-option-docs.ts';
import { REGISTER_DOC, withEnvironmentTables } from '../../../scripts/write-environment-table.ts';
import { DESTINATION_VARIABLES } from '../../../src/setup/environment/destination-variables.ts';

const document = readFileSync(REGISTER_DOC, 'utf8');

it('has the tables that `node scripts/write-environment-table.ts` writes', () => {
  expect(document).toBe(withEnvironmentTables(document));
});

it('says something of every variable', () => {
  const rows = document.split('\n').filter((line) => line.startsWith('| `OTEL_EXPORTER_'));
  for (const row of rows) expect(row).toMatch(/^(?:\| \S[^|]*){4}\|$/u);
  const own = Object.values(DESTINATION_VARIABLES).flatMap(({ variables }) => variables);
  const isDocumented = (name: string): boolean =>
    rows.some((row) => row.includes(`\`${name}\``)) ||
    rows.some((row) => name.endsWith(/<NAME>(?<rest>\w+)/u.exec(row)?.groups?.['rest'] ?? '-'));
  expect(own.filter(({ name }) => !isDocumented(name))).toEqual([]);
});

it('takes meaning and default from the docs of the option', () => {
  const docs = readOptionDocs(['destinations/firehose/firehose-log-record-exporter-options.ts']);
  expect(docs.get('delimiter')).toEqual({
    meaning:
      'Put after each log record of a text encoding, as Firehose itself puts nothing between records.',
    defaultValue: '`\\n`',
  });
});
