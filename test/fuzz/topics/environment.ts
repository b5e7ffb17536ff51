import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DESTINATION_NAMES } from '../../../src/cli/destinations.ts';
import type { Secrecy } from '../../../src/manifest/kinds/secrecy.ts';
import type { Variable } from '../../../src/manifest/list-variables.ts';
import { createDestinationExporter } from '../../../src/setup/create-destination-exporter.ts';
import { parseLogsExporters } from '../../../src/setup/environment/parse-logs-exporters.ts';
import { DESTINATION_VARIABLES } from '../../support/destination-variables.ts';
import { type FuzzLaw, law } from '../support/fuzz-law.ts';

const SECRET = 'S3cretT0ken';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    ...[
      'true',
      '1',
      '-1',
      '0',
      '1e309',
      '9007199254740993',
      'NaN',
      'none',
      'json',
      'gzip',
      'a=b,c=d',
    ],
    ...['{service.name}', '{', '{{', '{date:%', 'logs', '%', 'a=%ff', ',', '=', '__proto__=1'],
    ...[
      'http://127.0.0.1:9',
      'http://[::1',
      'tcp://127.0.0.1:9',
      'https://sqs.eu-west-1.amazonaws.com/1/q',
    ],
  ),
  fc.integer().map(String),
  fc.double().map(String),
);

/** A text with the secret where such texts have it. */
const SECRET_TEXTS: Readonly<Record<Secrecy, (text: string) => string>> = {
  open: (text) => text,
  secret: (text) => `${text}=${SECRET}${text},${SECRET}`,
  address: (text) => `${text}://user:${SECRET}@host/${SECRET}?${SECRET}#${SECRET}`,
};

const destination = fc.constantFrom(...DESTINATION_NAMES);

const environments = destination.chain((name) =>
  fc
    .uniqueArray(
      fc.tuple(
        // A folder would be made.
        fc.constantFrom(
          ...DESTINATION_VARIABLES[name].variables.filter(
            (one) => one.option !== 'spool.directory',
          ),
        ),
        anyText,
        fc.boolean(),
      ),
      { selector: ([variable]) => variable.name, maxLength: 12 },
    )
    .map((given) => ({ name, environment: Object.fromEntries(given.map(entryOf)) })),
);

export const environmentLaws: readonly FuzzLaw[] = [
  law(
    'any texts give an exporter or an error, and no secret is told',
    250,
    fc.asyncProperty(environments, async ({ environment, name }) => {
      const told: string[] = [];
      const created = await createDestinationExporter(name, environment, {}, (line) =>
        told.push(line),
      );
      if ('exporter' in created) await created.exporter.shutdown();
      else told.push(created.error.message, String(created.error.cause ?? ''));
      for (const line of told) {
        assert.ok(!line.includes(SECRET), line);
        assert.ok(line.length < 2_000, line);
      }
    }),
  ),
  law(
    'any list of exporters gives known ones, each once',
    200,
    fc.property(
      fc.array(fc.oneof(anyText, destination, fc.constantFrom('otlp', 'NONE', ' console ')), {
        maxLength: 9,
      }),
      (words) => {
        const told: string[] = [];
        const names = parseLogsExporters({ OTEL_LOGS_EXPORTER: words.join() }, (line) =>
          told.push(line),
        );
        assert.equal(new Set(names).size, names.length);
        for (const name of names) {
          assert.ok(
            name === 'otlp' || name === 'console' || Object.hasOwn(DESTINATION_VARIABLES, name),
          );
        }
        assert.ok(told.length <= 2);
      },
    ),
  ),
];

function entryOf([variable, text, isSecret]: readonly [Variable, string, boolean]): [
  string,
  string,
] {
  return [variable.name, isSecret ? SECRET_TEXTS[variable.kind.secrecy](text) : text];
}
