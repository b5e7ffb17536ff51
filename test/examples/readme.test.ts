import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { decodeLogRecords } from 'collectorless/decode';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startProcess } from '../cli/tail/support/start-process.ts';
import { packageRoot } from '../packaging/support/package-root.ts';
import {
  createInstalledFolder,
  type InstalledFolder,
} from '../setup/register/support/installed-folder.ts';
import { freePort } from '../support/free-port.ts';
import { awsEnvironment } from './support/run-example.ts';

const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

interface Block {
  readonly heading: string;
  readonly language: string;
  readonly code: string;
}

/** The code in the README, with the heading that it stands below. */
const blocks: readonly Block[] = read('README.md')
  .split(/^## /mu)
  .flatMap((section) => {
    const heading = section.slice(0, section.indexOf('\n'));
    return [...section.matchAll(/^```(?<language>\w*)\n(?<code>.*?)^```$/gmsu)].map(
      ({ groups }) => ({ heading, language: '', code: '', ...groups }),
    );
  });

function codesUnder(heading: string, language: string): readonly string[] {
  return blocks
    .filter((block) => block.heading === heading && block.language === language)
    .map(({ code }) => code);
}

function codeUnder(heading: string, language: string): string {
  const [code] = codesUnder(heading, language);
  if (code === undefined) throw new Error(`There is no ${language} below ${heading}`);
  return code;
}

test('every block of code in the README is one that is tried here', () => {
  expect(blocks.map(({ heading, language }) => [heading, language])).toEqual([
    ['# collectorless', 'text'],
    ['See it work', 'sh'],
    ['See it work', 'sh'],
    ['See it work', 'sh'],
    ['Start without code', 'sh'],
    ['Start in code', 'sh'],
    ['Start in code', 'js'],
    ['What is stored', 'json'],
    ['What is stored', 'js'],
    ['Outages and ends', 'js'],
    ['Command line', 'sh'],
    ['Test your own app', 'js'],
  ]);
});

describe('in a folder where the package is installed, as it stands in the README', () => {
  let installed: InstalledFolder;
  let services: LocalServices;

  beforeAll(async () => {
    installed = createInstalledFolder(PACKAGES);
  });

  beforeEach(async () => {
    services = await startLocalServices({ region: 'eu-west-1' });
    return () => services.close();
  });

  afterAll(() => installed.remove());

  const PACKAGES = [
    '@aws-sdk/client-cloudwatch-logs',
    '@aws-sdk/client-firehose',
    '@opentelemetry/api',
    '@opentelemetry/auto-instrumentations-node',
    '@opentelemetry/core',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-logs',
    '@opentelemetry/sdk-node',
    'pino',
    'undici',
  ];

  async function run(command: string, ...args: readonly string[]): Promise<string> {
    const { stderr, stdout } = await promisify(execFile)(command, args, {
      cwd: installed.folder,
      env: { PATH: process.env['PATH'], ...awsEnvironment(services), AWS_REGION: '' },
    });
    expect(stderr).toBe('');
    return stdout;
  }

  const runModule = (code: string): Promise<string> =>
    run(process.execPath, '--input-type=module', '--eval', code);

  test('the local services of the program show the first record of a stranger', async () => {
    const lines = codeUnder('See it work', 'sh').split('\n');
    const start = lines.find((line) => line.startsWith('npx collectorless ')) ?? '';
    const [, , ...words] = start.split(' ');
    const demo = startProcess(...words, '--port', String(await freePort()));
    await expect.poll(() => demo.stderr).toContain('\nnode --import');
    const pasted = demo.stderr.split('\n').filter((line) => line.startsWith('export AWS_'));
    const [, app = ''] = codesUnder('See it work', 'sh');
    await run('sh', '-c', [...pasted, app].join('\n'));
    await expect.poll(() => demo.stdout).toMatch(/^cloudwatch-logs .* INFO .*hello/mu);
  });

  test('the start without code stores what an app logs', async () => {
    writeFileSync(
      join(installed.folder, 'app.js'),
      "require('node:http').createServer(); require('pino')().info('hello');",
    );
    const lines = codeUnder('Start without code', 'sh').split('\n');
    await run('sh', '-c', lines.filter((line) => !line.startsWith('npm install')).join('\n'));
    expect([...services.cloudWatchLogs.groups.keys()]).toEqual(['/otel/orders']);
    expect(services.cloudWatchLogs.decoded).toMatchObject([
      { body: 'hello', resource: { 'service.name': 'orders' } },
    ]);
    expect(services.violations).toEqual([]);
  });

  test('the start in code delivers its record', async () => {
    const code = codeUnder('Start in code', 'js');
    const stdout = await runModule(`process.env.AWS_REGION = 'eu-west-1';\n${code}`);
    expect(stdout).toContain('delivered: 1');
    expect(services.cloudWatchLogs.decoded).toMatchObject([{ body: 'order taken' }]);
    expect(services.violations).toEqual([]);
  });

  test('a file is read back', async () => {
    const record = codeUnder('What is stored', 'json');
    writeFileSync(join(installed.folder, 'logs-1.gz'), gzipSync(record));
    expect(await runModule(codeUnder('What is stored', 'js'))).toBe('error the order failed\n');
  });

  test('an exporter with a spool is made', async () => {
    expect(await runModule(codeUnder('Outages and ends', 'js'))).toBe('');
  });

  test('the local services show what arrived', async () => {
    expect(await runModule(codeUnder('Test your own app', 'js'))).toBe('[]\n[]\n');
  });
});

test('the record in the README is one that decode reads', () => {
  const [record] = decodeLogRecords(Buffer.from(codeUnder('What is stored', 'json')));
  expect(record).toMatchObject({
    severityNumber: 17,
    body: 'the order failed',
    resource: { attributes: { 'service.name': 'shop' } },
    spanContext: { traceId: '6e4977d89292d39b12cd15dcec2c4cd8' },
  });
});
