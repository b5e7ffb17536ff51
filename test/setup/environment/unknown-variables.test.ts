import { describe, expect, it } from 'vitest';
import { create } from './support/create.ts';

const url = { OTEL_EXPORTER_HTTP_LOGS_URL: 'http://127.0.0.1:9/' };

describe('a variable that does not exist', () => {
  it.each([
    ['http', 'OTEL_EXPORTER_HTTP_LOGS_HEADRES', 'OTEL_EXPORTER_HTTP_LOGS_HEADERS'],
    ['http', 'OTEL_EXPORTER_HTTP_LOGS_TIMEOUT', 'OTEL_EXPORTER_HTTP_LOGS_TIMEOUT_MILLIS'],
    ['http', 'OTEL_EXPORTER_HTTP_HEADERS', 'OTEL_EXPORTER_HTTP_LOGS_HEADERS'],
    [
      'cloudwatch-logs',
      'OTEL_EXPORTER_CLOUDWATCH_LOG_GROUP_NAME',
      'OTEL_EXPORTER_CLOUDWATCH_LOGS_LOG_GROUP_NAME',
    ],
    [
      'cloudwatch-logs',
      'OTEL_EXPORTER_CLOUDWATCH_LOGS_REGION',
      'OTEL_EXPORTER_CLOUDWATCH_LOGS_CLIENT_CONFIG_REGION',
    ],
    [
      'cloudwatch-logs',
      'OTEL_EXPORTER_CLOUDWATCH_LOGS_GROUP_NAME',
      'OTEL_EXPORTER_CLOUDWATCH_LOGS_LOG_GROUP_NAME',
    ],
  ] as const)('of %s, %s, is told with %s', async (name, slip, meant) => {
    const { exporter, warnings } = await create(name, { ...url, [slip]: 'token' });
    expect(exporter).toBeDefined();
    expect(warnings).toEqual([expect.stringContaining(`${slip} is ignored`)]);
    expect(warnings[0]).toContain(`did you mean ${meant}?`);
  });

  it('is told without a guess when nothing is like it', async () => {
    const { warnings } = await create('http', { ...url, OTEL_EXPORTER_HTTP_LOGS_QQQQQQQ: '1' });
    expect(warnings).toEqual([
      expect.stringContaining('names begin with OTEL_EXPORTER_HTTP_LOGS_'),
    ]);
  });

  it('is never told with its value, which may be a secret', async () => {
    const { warnings } = await create('http', {
      ...url,
      OTEL_EXPORTER_HTTP_LOGS_HEADER: 'authorization=Bearer 1234',
    });
    expect(warnings.join()).not.toContain('1234');
  });

  it('is no matter when it is empty, or of another exporter', async () => {
    const { warnings } = await create('http', {
      ...url,
      OTEL_EXPORTER_HTTP_LOGS_HEADER: '',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_SQS_QUEUE: 'logs',
    });
    expect(warnings).toEqual([]);
  });
});

it('tells why an option has no variable', async () => {
  const { warnings } = await create('http', { ...url, OTEL_EXPORTER_HTTP_LOGS_GROUP_BY: 'tenant' });
  expect(warnings).toEqual([
    'OTEL_EXPORTER_HTTP_LOGS_GROUP_BY is ignored: `groupBy` is a function, which only code can give',
  ]);
});
