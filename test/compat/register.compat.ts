import { describe, it } from 'vitest';
import { startLocalServices } from '../../src/testing/index.ts';
import { bare, registerLines } from './cells/folders.ts';
import { ownNode } from './cells/versions.ts';
import { registerEnvironment } from './support/register-environment.ts';
import { runApp } from './support/run-app.ts';

const starts = [
  { start: '--import', format: 'ESM', app: 'log-with-pino.mjs' },
  { start: '--import', format: 'CommonJS', app: 'log-with-pino.cjs' },
  { start: '--require', format: 'CommonJS', app: 'log-with-pino.cjs' },
] as const;

const destinations = ['cloudWatchLogs', 'firehose', 'kinesis', 'sqs', 'http', 'zeromq'] as const;

describe.each(registerLines)('$name', ({ name, nodeVersions }) => {
  describe.each(nodeVersions)('on Node %s', (nodeVersion) => {
    it.for(starts)(
      'ships the lines of pino to every destination with $start from $format',
      async ({ app, start }, { expect }) => {
        await using services = await startLocalServices({ zeromq: true });
        const args = [start, 'collectorless/register', app];
        const { stderr } = await runApp(nodeVersion, name, args, registerEnvironment(services));
        expect(stderr).toBe('');
        for (const destination of destinations) {
          const message = `arrived at ${destination}`;
          await expect.poll(() => services[destination].decoded.length, { message }).toBe(2);
          expect(services[destination].decoded).toMatchObject([
            { body: 'listening', resource: { 'service.name': 'compat' } },
            { body: 'request received', trace_id: expect.stringMatching(/^[0-9a-f]{32}$/u) },
          ]);
        }
        expect(services.violations).toEqual([]);
      },
    );
  });
});

describe(bare.name, () => {
  it('ships what is logged through the API, where there is nothing but sdk-logs', async ({
    expect,
  }) => {
    await using services = await startLocalServices();
    const args = ['--import', 'collectorless/register', 'log-with-api.mjs'];
    const env = { OTEL_LOGS_EXPORTER: 'http', OTEL_EXPORTER_HTTP_LOGS_URL: services.http.url };
    await runApp(ownNode, bare.name, args, env);
    expect(services.http.decoded).toMatchObject([{ body: 'first' }]);
  });

  it('tells which package register misses, and lets the app end as it would', async ({
    expect,
  }) => {
    const args = ['--import', 'collectorless/register', 'log-with-api.mjs'];
    const { stderr } = await runApp(ownNode, bare.name, args, {
      OTEL_LOGS_EXPORTER: 'firehose',
      OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME: 'compat',
    });
    expect(stderr).toContain('npm install @aws-sdk/client-firehose');
  });
});
