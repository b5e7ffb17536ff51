import { expect, it, onTestFinished } from 'vitest';
import { Push } from 'zeromq';
import { buildOptions } from '../../../src/setup/environment/build-options.ts';
import { readVariables } from '../../../src/setup/environment/read-variables.ts';
import { DESTINATION_VARIABLES } from '../../support/destination-variables.ts';
import { create } from './support/create.ts';

const HTTP = 'OTEL_EXPORTER_HTTP_LOGS_';

function merge(
  environment: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, unknown>>,
) {
  const { variables } = DESTINATION_VARIABLES.http;
  return buildOptions(
    readVariables(variables, environment, () => {}),
    overrides,
  );
}

it('code wins over the environment (D-9)', () => {
  const environment = { [`${HTTP}URL`]: 'http://a/', [`${HTTP}METHOD`]: 'PUT' };
  expect(merge(environment, { url: 'http://b/' })).toEqual({ url: 'http://b/', method: 'PUT' });
});

it('an option that code leaves undefined is the environment’s', () => {
  expect(merge({ [`${HTTP}URL`]: 'http://a/' }, { url: undefined })).toEqual({ url: 'http://a/' });
});

it('code wins by member over an option with members', () => {
  const environment = {
    [`${HTTP}RETRY_INITIAL_BACKOFF_MILLIS`]: '1',
    [`${HTTP}RETRY_MAX_BACKOFF_MILLIS`]: '2',
  };
  expect(merge(environment, { retry: { maxBackoffMillis: 3 } })).toEqual({
    retry: { initialBackoffMillis: 1, maxBackoffMillis: 3 },
  });
});

it('headers of code take the place of all of the environment’s', () => {
  const environment = { [`${HTTP}HEADERS`]: 'a=1,b=2' };
  expect(merge(environment, { headers: { b: '3' } })).toEqual({ headers: { b: '3' } });
});

it('a wrong option of code is no fault of a variable: there is no exporter', async () => {
  const { error, warnings } = await create(
    'http',
    { [`${HTTP}URL`]: 'http://127.0.0.1:9/', [`${HTTP}METHOD`]: 'PUT' },
    { timeoutMillis: -1 },
  );
  expect(error?.message).toContain('`timeoutMillis`');
  expect(warnings).toEqual([]);
});

it.each([
  ['sqs', { OTEL_EXPORTER_SQS_QUEUE_URL: 'https://sqs.example/1/a' }, { queueName: 'b' }],
  [
    'cloudwatch-logs',
    {
      OTEL_EXPORTER_CLOUDWATCH_LOGS_CLIENT_CONFIG_REGION: 'eu-west-1',
      OTEL_EXPORTER_CLOUDWATCH_LOGS_CLIENT_CONFIG_PROFILE: 'logs',
    },
    { client: { send: () => {} } },
  ],
] as const)(
  'an option of code for %s puts its alternatives of the environment out',
  async (name, environment, overrides) => {
    const { error, warnings } = await create(name, environment, overrides);
    expect(error).toBeUndefined();
    expect(warnings).toEqual([]);
  },
);

it('a socket of code puts the endpoint of the environment out', async () => {
  const socket = new Push();
  onTestFinished(() => socket.close());
  const environment = { OTEL_EXPORTER_ZEROMQ_ENDPOINT: 'tcp://127.0.0.1:5010' };
  const { error, warnings } = await create('zeromq', environment, { socket });
  expect(error).toBeUndefined();
  expect(warnings).toEqual([]);
});
