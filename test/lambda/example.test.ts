import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runExample } from '../examples/support/run-example.ts';

let services: LocalServices;

beforeEach(async () => {
  services = await startLocalServices();
});

afterEach(async () => {
  await services.close();
});

test('the Lambda example delivers the log of each invocation before it answers, also of the one that fails', async () => {
  const { stdout } = await runExample('lambda-invoke.ts', { services });
  expect(stdout.trimEnd().split('\n')).toEqual([
    '1 { statusCode: 202 }',
    '2 { statusCode: 202 }',
    '3 Error: An order without items',
  ]);
  const stored = services.firehose.records.map(({ data }) => JSON.parse(data.toString()));
  expect(stored.map(({ attributes }) => attributes.order)).toEqual([1, 2, 3]);
  expect(services.violations).toEqual([]);
});

test('the Lambda example writes to stdout what it cannot deliver', async () => {
  services.setFaults([{ kind: 'hang' }]);
  const environment = { TIMEOUT_MILLIS: '900' };
  const { stdout } = await runExample('lambda-invoke.ts', { services, environment });
  const records = stdout.split('\n').filter((line) => line.startsWith('{'));
  expect(records.map((line) => JSON.parse(line).attributes.order)).toEqual([1, 2, 3]);
  expect(services.firehose.records).toEqual([]);
});
