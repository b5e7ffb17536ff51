import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildOptions } from '../../../src/setup/environment/build-options.ts';
import { readVariables } from '../../../src/setup/environment/read-variables.ts';
import { DESTINATION_VARIABLES } from '../../support/destination-variables.ts';
import { textsOf } from './support/texts-of-kind.ts';

const variables = Object.values(DESTINATION_VARIABLES).flatMap(
  (destination) => destination.variables,
);
const byName = variables.map((variable) => [variable.name, variable] as const);

function read(environment: Readonly<Record<string, string>>) {
  const warnings: string[] = [];
  const given = readVariables(variables, environment, (line) => warnings.push(line));
  return { options: buildOptions(given, {}), warnings };
}

/** `{ retry: { maxBackoffMillis: value } }` of `retry.maxBackoffMillis`. */
function nested(option: string, value: unknown): unknown {
  return option
    .split('.')
    .reverse()
    .reduce((inner, name) => ({ [name]: inner }), value);
}

it('names every variable once', () => {
  const names = variables.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^OTEL_EXPORTER_[A-Z]+(?:_[A-Z]+)+$/u);
});

it('names a variable after its option, in upper snake case', () => {
  const names = new Map(
    DESTINATION_VARIABLES['cloudwatch-logs'].variables.map((one) => [one.option, one.name]),
  );
  expect(names.get('logGroupName')).toBe('OTEL_EXPORTER_CLOUDWATCH_LOGS_LOG_GROUP_NAME');
  expect(names.get('retry.initialBackoffMillis')).toBe(
    'OTEL_EXPORTER_CLOUDWATCH_LOGS_RETRY_INITIAL_BACKOFF_MILLIS',
  );
});

describe.each(byName)('%s', (name, variable) => {
  const { right, wrong } = textsOf(variable);

  it('gives its option the value that its text stands for', () => {
    fc.assert(
      fc.property(right, ([text, value]) => {
        expect(read({ [name]: text })).toEqual({
          options: nested(variable.option, value),
          warnings: [],
        });
      }),
      { numRuns: 25 },
    );
  });

  it('is unset when it is empty (D-8)', () => {
    expect(read({ [name]: '' })).toEqual({ options: {}, warnings: [] });
  });

  if (wrong !== undefined) {
    it('is told once and left out when it is wrong (D-8)', () => {
      fc.assert(
        fc.property(wrong, (text) => {
          const { options, warnings } = read({ [name]: text });
          expect(options).toEqual({});
          expect(warnings).toHaveLength(1);
          expect(warnings[0]).toMatch(new RegExp(`^${name} is ignored: expected .*, got `, 'u'));
        }),
        { numRuns: 10 },
      );
    });
  }
});
