import { PassThrough, Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { CliIo } from '../../../src/cli/cli-io.ts';
import { reportTable } from '../../../src/cli/demo/delivery-report.ts';
import {
  type DemoDestination,
  loadDemoDestinations,
} from '../../../src/cli/demo/demo-destinations.ts';
import { demoRecords } from '../../../src/cli/demo/demo-records.ts';
import { findProblems } from '../../../src/cli/demo/find-problems.ts';
import { runDemo } from '../../../src/cli/demo/run-demo.ts';
import { createDemoCommand } from '../../../src/cli/demo-command.ts';
import { runToEnd } from '../tail/support/start-command.ts';

interface Document {
  readonly destinations: readonly Readonly<Record<string, unknown>>[];
  readonly leftOut: unknown;
  readonly problems: unknown;
}

const demoDestinations = await loadDemoDestinations();
const names = demoDestinations.map(({ name }) => name);
const http = demoDestinations.filter(({ name }) => name === 'http');

/** The demo with other destinations. */
async function runWith(
  destinations: readonly DemoDestination[],
  json = false,
): Promise<{ readonly stdout: string; readonly exitCode: number }> {
  let stdout = '';
  let exitCode = 0;
  const io: CliIo = {
    stdin: Readable.from([]),
    stdout: new PassThrough().on('data', (chunk) => {
      stdout += String(chunk);
    }),
    stderr: new PassThrough(),
    environment: {},
    isColorful: false,
    signal: new AbortController().signal,
    setExitCode: (code) => {
      exitCode = code;
    },
  };
  await runDemo({ json }, io, destinations);
  return { stdout, exitCode };
}

it('delivers each record once to every destination', async () => {
  const run = await runToEnd(createDemoCommand, ['--json']);
  const document: Document = JSON.parse(run.stdout);
  expect(document.destinations).toMatchObject(
    names.map((destination) => ({ destination, emitted: 200, stored: 200, dropped: {} })),
  );
  for (const { example } of document.destinations) {
    expect(example).toMatchObject({ severity_text: 'error', resource: { 'service.name': 'shop' } });
  }
  expect(document).toMatchObject({ leftOut: [], problems: [] });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
});

it('shows a stored record of each destination, and a table', async () => {
  const { exitCode, stdout } = await runWith(http);
  expect(stdout).toMatch(
    /stored at http:\n\S+ \S+ ERROR shop \[demo\] the order failed .*\n {4}Error/,
  );
  expect(stdout).toMatch(/^ {2}http +200 +200 +0 +\d+ +[\d,]+ +\d+ %$/m);
  expect(stdout).toMatch(/^Every record arrived once at each destination, .*\n$/m);
  expect(exitCode).toBe(0);
});

it('leaves out what is not installed, and says how to install it', async () => {
  const sqs = demoDestinations.filter(({ name }) => name === 'sqs');
  const notInstalled = sqs.map((destination) => ({
    ...destination,
    loadPackage: () => Promise.reject(new Error('Cannot find package')),
  }));
  const { exitCode, stdout } = await runWith([...notInstalled, ...http]);
  expect(stdout).toContain('sqs is left out: npm install @aws-sdk/client-sqs\n');
  expect(stdout).toMatch(/^ {2}http +200 +200 /m);
  expect(stdout).not.toMatch(/^ {2}sqs /m);
  expect(exitCode).toBe(0);
});

it('ends with 1 and says what is wrong when records do not arrive once', async () => {
  const twice = http.map(
    (destination): DemoDestination => ({
      ...destination,
      storedRecords: (services) => {
        const stored = destination.storedRecords(services);
        return [...stored, ...stored.slice(0, 3)];
      },
    }),
  );
  const { exitCode, stdout } = await runWith(twice, true);
  expect(JSON.parse(stdout)).toMatchObject({
    problems: ['http: 3 records are stored more than once'],
  });
  expect(exitCode).toBe(1);
});

const stats = { exported: 4, delivered: 4, dropped: {}, inFlight: 0 };

it('finds records that are missing, repeated, or wrong in the account', () => {
  const records = demoRecords(4);
  const [first, second, third] = records;
  expect(findProblems(records, records, stats)).toEqual([]);
  expect(findProblems(records, [first, second, third], stats)).toEqual(['1 records are missing']);
  expect(findProblems(records, [...records, first], stats)).toEqual([
    '1 records are stored more than once',
  ]);
  expect(findProblems(records, records, { ...stats, delivered: 3, inFlight: 1 })).toEqual([
    'the exporter\'s account of 4 records is {"exported":4,"delivered":3,"inFlight":1,"dropped":{}}',
  ]);
});

it('has a row for each destination in its table', () => {
  const report = { emitted: 1200, stored: 1100, requests: 2, bytes: 5_000_000, fullness: 0.256 };
  expect(
    reportTable([
      { ...report, destination: 'sqs', dropped: { timeout: 99, rejected: 1 } },
      { ...report, destination: 'zeromq', dropped: {}, fullness: undefined },
    ]),
  ).toBe(
    '  destination  emitted  stored                 dropped  requests      bytes  full\n' +
      '  sqs            1,200   1,100  99 timeout, 1 rejected         2  5,000,000  26 %\n' +
      '  zeromq         1,200   1,100                       0         2  5,000,000     -\n',
  );
});
