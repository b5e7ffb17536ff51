import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readOptionDocs } from '../../../scripts/read-option-docs.ts';
import { REGISTER_DOC, withEnvironmentTables } from '../../../scripts/write-environment-table.ts';
import type { DestinationName } from '../../../src/destinations/manifests.ts';
import type { Environment } from '../../../src/setup/environment/environment.ts';
import { parseLogsExporters } from '../../../src/setup/environment/parse-logs-exporters.ts';
import { DESTINATION_VARIABLES } from '../../support/destination-variables.ts';
import { create } from './support/create.ts';

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

/** The variables of the document's shell examples, each example by its first line. */
const examples = [...document.matchAll(/```sh\n(?<script>[^`]*)```/gu)]
  .map((match) => match.groups?.['script'] ?? '')
  .filter((script) => script.includes('export OTEL_EXPORTER_'))
  .map((script) => {
    const lines = script.matchAll(/^export (?<name>\w+)='?(?<value>[^'\n]*)'?$/gmu);
    const variables = [...lines].map(({ groups }) => [groups?.['name'] ?? '', groups?.['value']]);
    return Object.fromEntries(variables) as Environment;
  });

it('has an example for each destination, of which each variable is right', async () => {
  const names = new Set<string>();
  for (const example of examples) {
    const name = destinationOf(example);
    names.add(name);
    const { error, warnings } = await create(name, example);
    expect(error).toBeUndefined();
    expect(warnings).toEqual([]);
  }
  expect([...names].toSorted()).toEqual(Object.keys(DESTINATION_VARIABLES).toSorted());
});

function destinationOf(example: Environment): DestinationName {
  const names = Object.keys(example);
  const found = Object.entries(DESTINATION_VARIABLES).find(([, { prefix }]) =>
    names.some((name) => name.startsWith(prefix)),
  );
  const [exporter] = parseLogsExporters({ OTEL_LOGS_EXPORTER: found?.[0] }, () => {});
  if (exporter === undefined || exporter === 'otlp' || exporter === 'console') {
    throw new Error(`No destination has the variables ${names.join()}`);
  }
  return exporter;
}

it('takes meaning and default from the docs of the option', () => {
  const docs = readOptionDocs(['destinations/firehose/firehose-log-record-exporter-options.ts']);
  expect(docs.get('delimiter')).toEqual({
    meaning:
      'Put after each log record of a text encoding, as Firehose itself puts nothing between records: at most 16 characters.',
    defaultValue: '`\\n`',
  });
});
