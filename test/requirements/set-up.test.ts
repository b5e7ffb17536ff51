// How logging is set up and flushed: rows LK-18, LK-21 and BA-14 of docs/requirements.md.

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createBatchProcessor, flushAll } from 'collectorless';
import { HttpLogRecordExporter } from 'collectorless/http';
import { expect, it } from 'vitest';
import { awsEnvironment } from '../examples/support/run-example.ts';
import { packageRoot } from '../packaging/support/package-root.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { bodiesOf, ending, providerOf, quick, startServices } from './support/requirement-run.ts';

/** An application that logs one line, started with these arguments and variables. Answers its standard error output. */
async function logHello(
  nodeArguments: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [...nodeArguments, '--eval', "require('pino')().info('hello')"],
    { cwd: packageRoot, env: { PATH: process.env['PATH'], ...environment } },
  );
  return stderr;
}

it('LK-18 one argument of the command line sets logging up', async () => {
  const services = await startServices();
  const stderr = await logHello(['--import', 'collectorless/register'], {
    ...awsEnvironment(services),
    OTEL_LOGS_EXPORTER: 'cloudwatch-logs',
  });
  expect(stderr).toBe('');
  expect(bodiesOf(services.cloudWatchLogs.decoded)).toEqual(['hello']);
});

it('LK-21 options are read from the environment, and so from a file', async () => {
  const services = await startServices();
  const file = join(tempFolder(), 'logs.env');
  writeFileSync(
    file,
    [
      'OTEL_LOGS_EXPORTER=cloudwatch-logs',
      'OTEL_EXPORTER_CLOUDWATCH_LOGS_LOG_GROUP_NAME=/shop/{service.name}',
      'OTEL_EXPORTER_CLOUDWATCH_LOGS_LOG_STREAM_NAME=from-file',
      'OTEL_EXPORTER_CLOUDWATCH_LOGS_RETENTION_IN_DAYS=14',
    ].join('\n'),
  );
  await logHello([`--env-file=${file}`, '--import', 'collectorless/register'], {
    ...awsEnvironment(services),
    OTEL_SERVICE_NAME: 'orders',
    // What is set already wins over the file.
    OTEL_EXPORTER_CLOUDWATCH_LOGS_LOG_STREAM_NAME: 'from-environment',
  });
  const group = services.cloudWatchLogs.groups.get('/shop/orders');
  expect(group?.retentionInDays).toBe(14);
  expect([...(group?.streams.keys() ?? [])]).toEqual(['from-environment']);
});

it('BA-14 any code can flush all that was logged, without a handle', async () => {
  const services = await startServices();
  const exporter = ending(new HttpLogRecordExporter({ url: services.http.url, ...quick }));
  const anHour = { scheduledDelayMillis: 3_600_000 };
  providerOf(createBatchProcessor(exporter, anHour)).getLogger('app').emit({ body: 'hello' });
  expect(exporter.stats().exported).toBe(0);
  expect(await flushAll()).toBe(true);
  expect(bodiesOf(services.http.decoded)).toEqual(['hello']);
});
