import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInstalledFolder, type InstalledFolder } from './support/installed-folder.ts';
import { BY_IMPORT, runApp } from './support/run-app.ts';
import { jsonLines, recordsOf, toGroup } from './support/stored-records.ts';

const NEEDED = ['api', 'core', 'sdk-logs'].map((name) => `@opentelemetry/${name}`);
const LOGGERS = [
  'bunyan',
  'winston',
  '@opentelemetry/api-logs',
  '@opentelemetry/winston-transport',
];

let services: LocalServices;
const folders: InstalledFolder[] = [];

beforeAll(async () => {
  services = await startLocalServices();
});

afterAll(async () => {
  for (const folder of folders) folder.remove();
  expect(services.violations).toEqual([]);
  await services.close();
});

function folderWith(...packages: readonly string[]): string {
  const created = createInstalledFolder([...NEEDED, ...LOGGERS, 'undici', ...packages]);
  folders.push(created);
  return created.folder;
}

describe('an application that has installed', () => {
  it('the log SDK alone has the logs of both logs APIs stored, and is told what is missing', async () => {
    const folder = folderWith('@aws-sdk/client-cloudwatch-logs');
    const environment = toGroup('/logs-alone');
    const { code, stderr } = await runApp('loggers.cjs', { services, folder, environment });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^\[collectorless\] .*install @opentelemetry\/auto-instrumentations-node\n$/,
    );
    const stored = recordsOf(services, '/logs-alone');
    expect(stored.map(({ scope }) => scope?.name).sort()).toEqual(['new', 'old']);
    expect(stored.map(({ trace_id }) => trace_id)).toEqual([undefined, undefined]);
    expect(stored[0]?.resource).toMatchObject({
      'service.name': 'shop',
      'process.pid': expect.any(Number),
    });
  });

  it('no instrumentations has traces that it makes itself in its logs', async () => {
    const folder = folderWith('@aws-sdk/client-cloudwatch-logs', '@opentelemetry/sdk-node');
    const environment = toGroup('/no-instrumentations');
    const { code, stderr } = await runApp('own-spans.cjs', { services, folder, environment });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^\[collectorless\] .*install @opentelemetry\/auto-instrumentations-node\n$/,
    );
    const [stored, ...others] = recordsOf(services, '/no-instrumentations');
    expect(stored?.trace_id).toMatch(/^[\da-f]{32}$/);
    expect(others).toEqual([]);
  });

  it.each([
    ['--import', [], NEEDED],
    ['--require', [], NEEDED],
    ['--import', ['@opentelemetry/api'], NEEDED.slice(1)],
    ['--require', ['@opentelemetry/api', '@opentelemetry/core'], NEEDED.slice(2)],
  ])(
    'of OpenTelemetry, started with %s, only %j runs on, and is told the rest',
    async (start, installed, missing) => {
      const created = createInstalledFolder(['pino', ...installed]);
      folders.push(created);
      const { code, stderr, stdout } = await runApp('shop.cjs', {
        services,
        folder: created.folder,
        nodeArguments: [start, 'collectorless/register'],
      });
      expect([code, jsonLines(stdout).length]).toEqual([0, 8]);
      expect(stderr).toBe(
        `[collectorless] OpenTelemetry is not started: cannot find ${missing.join(', ')}: npm install ${missing.join(' ')}\n`,
      );
    },
  );

  it.each([{ OTEL_SDK_DISABLED: 'true' }, { OTEL_LOG_LEVEL: 'none' }])(
    'nothing of OpenTelemetry is told nothing with %j',
    async (environment) => {
      const created = createInstalledFolder(['pino']);
      folders.push(created);
      const { folder } = created;
      const { code, stderr, stdout } = await runApp('shop.cjs', { services, folder, environment });
      expect([code, jsonLines(stdout).length, stderr]).toEqual([0, 8, '']);
    },
  );

  it('a Node.js that cannot require ES modules has its logs stored all the same', async () => {
    const folder = folderWith('@aws-sdk/client-cloudwatch-logs');
    const environment = toGroup('/no-require-module');
    const nodeArguments = ['--no-experimental-require-module', ...BY_IMPORT];
    const { code } = await runApp('loggers.cjs', { services, folder, environment, nodeArguments });
    expect([code, recordsOf(services, '/no-require-module').length]).toEqual([0, 2]);
  });

  it.each([
    ['--import'],
    ['--require'],
    ['--no-experimental-require-module', '--import'],
    ['--no-experimental-require-module', '--require'],
  ])(
    'instrumentations runs an ES module without an extension that is started with %j',
    async (...start) => {
      const folder = folderWith('@opentelemetry/auto-instrumentations-node');
      writeFileSync(
        join(folder, 'tool'),
        "import { EOL } from 'node:os';\nconsole.log(typeof EOL);\n",
      );
      const nodeArguments = [...start, 'collectorless/register', './tool'];
      const { code, stdout } = await runApp('loggers.cjs', { services, folder, nodeArguments });
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'string\n' });
    },
  );

  it('no client for its destination runs on, and is told which one to install', async () => {
    const folder = folderWith();
    const environment = toGroup('/no-client');
    const { code, stderr } = await runApp('loggers.cjs', { services, folder, environment });
    expect(code).toBe(0);
    expect(stderr).toContain('npm install @aws-sdk/client-cloudwatch-logs');
  });
});
