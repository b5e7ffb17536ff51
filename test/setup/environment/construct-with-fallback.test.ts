import { expect, it } from 'vitest';
import { InvalidOptionError } from '../../../src/index.ts';
import type { OptionValues } from '../../../src/setup/environment/build-options.ts';
import { constructWithFallback } from '../../../src/setup/environment/construct-with-fallback.ts';
import { readVariables } from '../../../src/setup/environment/read-variables.ts';
import { DESTINATION_VARIABLES } from '../../support/destination-variables.ts';

const given = readVariables(
  DESTINATION_VARIABLES.http.variables,
  {
    OTEL_EXPORTER_HTTP_LOGS_URL: 'http://127.0.0.1:9/',
    OTEL_EXPORTER_HTTP_LOGS_METHOD: 'PUT',
    OTEL_EXPORTER_HTTP_LOGS_FRAMING: 'array',
  },
  () => {},
);

function construct(build: (options: OptionValues) => OptionValues) {
  const warnings: string[] = [];
  const built = constructWithFallback(build, given, {}, (line) => warnings.push(line));
  return { ...built, warnings };
}

it('finds the option to leave out by trying, where the refusal names none', () => {
  const { warnings, ...built } = construct((options) => {
    if ('framing' in options) throw new InvalidOptionError('These do not go together');
    return options;
  });
  expect(built).toEqual({ value: { url: 'http://127.0.0.1:9/', method: 'PUT' } });
  expect(warnings).toEqual([
    'OTEL_EXPORTER_HTTP_LOGS_FRAMING is ignored: These do not go together',
  ]);
});

it('leaves nothing out for an error that is no refusal of an option', () => {
  const { warnings, ...built } = construct(() => {
    throw new Error('a bug in `method`');
  });
  expect(built).toEqual({ error: new Error('a bug in `method`') });
  expect(warnings).toEqual([]);
});

it('gives up where nothing helps', () => {
  const { warnings, ...built } = construct(() => {
    throw new InvalidOptionError('Expected `method` to be better');
  });
  expect(built).toMatchObject({ error: { message: 'Expected `method` to be better' } });
  expect(warnings).toEqual([]);
});
