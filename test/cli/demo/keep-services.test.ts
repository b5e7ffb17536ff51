import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDemoCommand } from '../../../src/cli/demo-command.ts';
import {
  createInstalledFolder,
  type InstalledFolder,
} from '../../setup/register/support/installed-folder.ts';
import { freePort, listenAt } from '../../support/free-port.ts';
import { runToEnd } from '../tail/support/start-command.ts';
import { type CliProcess, startProcess } from '../tail/support/start-process.ts';

async function startServices(...options: readonly string[]): Promise<CliProcess> {
  const demo = startProcess('demo', '--keep', '--port', String(await freePort()), ...options);
  await expect.poll(() => demo.stderr).toContain('node --import');
  return demo;
}

/** The lines with which the command says how the services are reached. */
function exportsOf({ stderr }: CliProcess): readonly string[] {
  return stderr.split('\n').filter((line) => line.startsWith('export '));
}

describe('in a folder where the package is installed', () => {
  let installed: InstalledFolder;

  beforeAll(() => {
    installed = createInstalledFolder([
      '@aws-sdk/client-cloudwatch-logs',
      '@aws-sdk/client-firehose',
      '@aws-sdk/client-kinesis',
      '@aws-sdk/client-sqs',
      '@opentelemetry/api',
      '@opentelemetry/auto-instrumentations-node',
      '@opentelemetry/core',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-logs',
      '@opentelemetry/sdk-node',
      'pino',
      'undici',
      'zeromq',
    ]);
    writeFileSync(
      join(installed.folder, 'app.js'),
      "require('pino')().info({ shop: 'north' }, 'hello to ' + process.env.OTEL_LOGS_EXPORTER);",
    );
  });

  afterAll(() => installed.remove());

  test('the lines that demo --keep prints bring the logs of an app to each destination', async () => {
    const demo = await startServices();
    const shared = exportsOf(demo).filter((line) => line.startsWith('export AWS_'));
    const each = exportsOf(demo).filter((line) => line.startsWith('export OTEL_'));
    expect(each.length).toBeGreaterThanOrEqual(5);
    const runs = each.map(async (line) => {
      const script = [...shared, line, 'node --import collectorless/register app.js'].join('\n');
      const { stderr } = await promisify(execFile)('sh', ['-c', script], {
        cwd: installed.folder,
        env: { PATH: process.env['PATH'] },
      });
      expect(stderr).toBe('');
      const name = /OTEL_LOGS_EXPORTER=(?<name>\S+)/u.exec(line)?.groups?.['name'] ?? '';
      await expect
        .poll(() => demo.stdout)
        .toMatch(new RegExp(`^${name} .*INFO .*hello to ${name} shop=north`, 'mu'));
    });
    await Promise.all(runs);
    expect(demo.stderr).not.toContain('refused');
  });
});

test('demo --keep prints one JSON document for each record', async () => {
  const demo = await startServices('--json');
  const url = /LOGS_URL=(?<url>\S+)/u.exec(demo.stderr)?.groups?.['url'] ?? '';
  const body = '{"timestamp":"2026-11-21T04:29:28.844000000Z","body":"one"}\n{"body":"two"}\n';
  await fetch(url, { method: 'POST', body });
  await expect.poll(() => demo.stdout.split('\n').length).toBe(3);
  const bodies = demo.stdout.split('\n').map((line) => /"body":"(?<body>\w+)"/u.exec(line)?.[1]);
  expect(bodies).toEqual(['one', 'two', undefined]);
});

test('demo --keep shows what is no log record, safely, and goes on', async () => {
  const demo = await startServices();
  const url = /LOGS_URL=(?<url>\S+)/u.exec(demo.stderr)?.groups?.['url'] ?? '';
  await fetch(url, { method: 'POST', body: '\u001b[31m{{{' });
  await expect.poll(() => demo.stdout).toContain('{{{');
  expect(demo.stdout).not.toContain('\u001b');
});

test('demo --keep tells what a service refused', async () => {
  const demo = await startServices();
  const url = /AWS_ENDPOINT_URL=(?<url>\S+)/u.exec(demo.stderr)?.groups?.['url'] ?? '';
  const headers = { 'x-amz-target': 'Firehose_20150804.PutRecordBatch' };
  await fetch(url, { method: 'POST', headers, body: '{}' });
  await expect.poll(() => demo.stderr).toContain('warning: firehose refused PutRecordBatch: ');
});

test('Ctrl-C ends demo --keep', async () => {
  const demo = await startServices();
  demo.child.kill('SIGINT');
  expect(await demo.ended).toEqual([130, null]);
});

test('a port that is taken is named, with the mend', async () => {
  const { port, server } = await listenAt(0);
  const demo = startProcess('demo', '--keep', '--port', String(port));
  expect(await demo.ended).toEqual([1, null]);
  expect(demo.stderr).toContain(`Port ${port} or ${port + 1} is taken`);
  expect(demo.stderr).toContain('--port');
  server.close();
});

test('the third port is named, too, when it is taken', async () => {
  const port = await freePort();
  const { server } = await listenAt(port + 2);
  const demo = startProcess('demo', '--keep', '--port', String(port));
  expect(await demo.ended).toEqual([1, null]);
  expect(demo.stderr).toContain(`Port ${port + 2} is taken: choose the first of three with --port`);
  server.close();
});

test.each(['0', '65534', 'x', '1.5'])('`--port %s` is refused', async (port) => {
  const { exitCode, stderr } = await runToEnd(createDemoCommand, ['--keep', '--port', port]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Expected a whole number from 1 to 65533');
});
