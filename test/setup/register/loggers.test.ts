import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runApp } from './support/run-app.ts';
import { jsonLines, recordsOf, type StoredRecord, toGroup } from './support/stored-records.ts';

let services: LocalServices;
let records: readonly StoredRecord[];
let stdout: string;

beforeAll(async () => {
  services = await startLocalServices();
  const app = await runApp('loggers.cjs', { services, environment: toGroup('/loggers') });
  expect([app.code, app.stderr]).toEqual([0, '']);
  stdout = app.stdout;
  records = recordsOf(services, '/loggers');
});

afterAll(async () => {
  expect(services.violations).toEqual([]);
  await services.close();
});

const byScope = (name: string): StoredRecord | undefined =>
  records.find(({ scope }) => scope?.name === name);

it('captures winston, whose transport uses the logs API of before', () => {
  const [written] = jsonLines(stdout);
  expect(written?.['trace_id']).toEqual(expect.any(String));
  expect(byScope('@opentelemetry/winston-transport')).toMatchObject({
    body: 'by winston',
    severity_text: 'warn',
    attributes: { order: 7 },
    trace_id: written?.['trace_id'],
    span_id: written?.['span_id'],
  });
});

it('captures bunyan', () => {
  const record = records.find(({ body }) => body === 'by bunyan');
  expect(record).toMatchObject({
    severity_text: 'info',
    attributes: { order: 8 },
    trace_id: byScope('@opentelemetry/winston-transport')?.trace_id,
  });
});

it('makes the same record of the logs API of before and that of today', () => {
  const { observed_timestamp, scope, ...rest }: Record<string, unknown> = { ...byScope('new') };
  expect(rest).toMatchObject({
    timestamp: expect.stringMatching(/:00\.000000000Z$/),
    event_name: 'order.failed',
    severity_number: 17,
    severity_text: 'ERROR',
    body: { order: 7 },
    trace_id: byScope('@opentelemetry/winston-transport')?.trace_id,
    attributes: {
      tenant: 'north',
      parts: ['a', 1],
      'exception.type': 'TypeError',
      'exception.message': 'no tea',
    },
  });
  expect(byScope('old')).toMatchObject({ ...rest, scope: { name: 'old', version: '1.0' } });
  expect(records).toHaveLength(4);
});
