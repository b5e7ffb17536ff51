import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runExample } from './support/run-example.ts';

interface StoredRecord {
  readonly body: unknown;
  readonly severity_text: string;
  readonly trace_id?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

let services: LocalServices;

beforeEach(async () => {
  services = await startLocalServices();
});

afterEach(async () => {
  expect(services.violations).toEqual([]);
  await services.close();
});

test('the winston example stores what winston logs, with the trace that both lines belong to', async () => {
  await runExample('winston.ts', { services });
  const records = services.cloudWatchLogs.decoded as readonly StoredRecord[];
  expect(records.map(({ body, severity_text }) => [severity_text, body])).toEqual([
    ['info', 'order taken'],
    ['warn', 'not enough in stock'],
  ]);
  expect(records[1]?.attributes).toMatchObject({ order: 1, item: 'tea' });
  const traceIds = new Set(records.map(({ trace_id }) => trace_id));
  expect([...traceIds]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/u)]);
  expect([...services.cloudWatchLogs.groups.keys()]).toEqual(['/shop/orders']);
});

test('the pino example stores what pino logs, with the traces that are in its own output', async () => {
  const { stdout } = await runExample('pino.ts', { services });
  const [written] = stdout.split('\n').map((line) => /"trace_id":"(\w{32})"/u.exec(line)?.[1]);
  const records = services.firehose.decoded as readonly StoredRecord[];
  expect(records).toMatchObject([
    { severity_text: 'info', body: 'order taken', trace_id: written },
    {
      severity_text: 'error',
      body: 'the order failed',
      trace_id: written,
      attributes: { order: 1, 'exception.message': 'There is no tea' },
    },
  ]);
});

test('the fastify example has no line about OpenTelemetry and stores what it logs by request', async () => {
  const { stderr, stdout } = await runExample('register/run-locally.ts', {
    args: ['fastify.mjs'],
  });
  expect(stderr).toBe('');
  const records: StoredRecord[] = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const byTrace = Map.groupBy(
    records.filter(({ attributes }) => attributes?.['reqId'] !== undefined),
    ({ trace_id }) => trace_id,
  );
  const completed = ['incoming request', 'order taken', 'request completed'];
  expect([...byTrace.values()].map((ofOne) => ofOne.map(({ body }) => body))).toEqual([
    completed,
    completed,
    ['incoming request', 'order taken', 'not in stock', 'request completed'],
  ]);
  expect(byTrace.has(undefined)).toBe(false);
});
