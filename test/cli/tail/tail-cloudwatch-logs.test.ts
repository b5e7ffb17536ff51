import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, it, vi } from 'vitest';
import { createTailCommand } from '../../../src/cli/tail-command.ts';
import { FreshEvents } from '../../../src/destinations/cloudwatch-logs/cli/fresh-events.ts';
import { CloudWatchLogRecordExporter } from '../../../src/destinations/cloudwatch-logs/index.ts';
import { createLogRecord, type LocalServices } from '../../../src/testing/index.ts';
import { exportAll } from './support/export-all.ts';
import { type RunningCommand, startCommand } from './support/start-command.ts';
import { stubAws } from './support/stub-aws.ts';

const GROUP = '/otel/shop';
const groups = { [GROUP]: ['web-1', 'web-2', 'job'] };

const start = (): Promise<LocalServices> => stubAws({ cloudWatchLogs: { groups } });
const startTail = (...commandArguments: readonly string[]): RunningCommand =>
  startCommand(createTailCommand, ['cloudwatch-logs', GROUP, ...commandArguments]);

async function put(
  { clientConfig }: LocalServices,
  logStreamName: string,
  message: string,
  ageMillis = 0,
): Promise<void> {
  const client = new CloudWatchLogsClient(clientConfig);
  const logEvents = [{ timestamp: Date.now() - ageMillis, message }];
  await client.send(new PutLogEventsCommand({ logGroupName: GROUP, logStreamName, logEvents }));
  client.destroy();
}

it('prints what is in a group and what comes, each record once', async () => {
  const services = await start();
  const exporter = new CloudWatchLogRecordExporter({
    logGroupName: GROUP,
    logStreamName: 'web-1',
    clientConfig: services.clientConfig,
  });
  await exportAll(exporter, [createLogRecord({ severityNumber: 17, body: 'first' })]);
  const tail = startTail('--limit', '3');
  await expect.poll(() => tail.lines.length).toBe(1);
  await put(services, 'web-2', '{"body":"late"}', 20_000);
  await put(services, 'web-2', '{"body":"new"}');
  await tail.ended;
  expect(tail.stdout).toMatch(/ERROR .* first .*\n.* late\n.* new\n$/);
  expect(tail.exitCode).toBe(0);
  expect(services.violations).toEqual([]);
});

it('reads all pages', async () => {
  const services = await start();
  for (const age of [3, 2, 1]) await put(services, 'job', `${age} ${'x'.repeat(600_000)}`, age);
  const tail = startTail('--json', '--limit', '3');
  await tail.ended;
  const bodies = tail.records.map((record) => (record as { readonly body?: string }).body);
  expect(bodies.map((body) => body?.slice(0, 3))).toEqual(['3 x', '2 x', '1 x']);
});

it.each<[string, string[], string[]]>([
  ['one stream', ['--stream', 'web-2'], ['b']],
  ['several streams', ['--stream', 'web-2', '--stream', 'job'], ['b', 'c']],
  ['streams that begin so', ['--stream-prefix', 'web-'], ['a', 'b']],
  ['the last minutes', ['--since', '2m'], ['b', 'c']],
])('prints %s', async (_, commandArguments, expected) => {
  const services = await start();
  await put(services, 'web-1', 'a', 300_000);
  await put(services, 'web-2', 'b', 2);
  await put(services, 'job', 'c', 1);
  const tail = startTail(...commandArguments, '--json');
  await expect.poll(() => tail.lines.length).toBe(expected.length);
  expect(tail.records).toMatchObject(expected.map((body) => ({ body })));
});

it('prints events that are none of ours as text, with their time', async () => {
  const services = await start();
  const stack = 'Error: no {"unicorn"}\n    at app.js:1\n';
  await put(services, 'job', stack, 1000);
  await put(services, 'job', '{not json}');
  const tail = startTail('--utc', '--limit', '2');
  await tail.ended;
  const [first = '', second, third] = tail.lines;
  expect(Math.abs(Date.now() - Date.parse(first.split(' ')[0] ?? ''))).toBeLessThan(60_000);
  expect(first).toMatch(/ Error: no \{"unicorn"\}$/);
  expect(second).toBe('        at app.js:1');
  expect(third).toMatch(/ \{not json\}$/);
  expect(tail.stderr).toBe('warning: an event of job: An object that is no JSON (at byte 0)\n');
});

it('finds the group by its ARN', async () => {
  const services = await start();
  await put(services, 'job', 'a');
  const arn = `arn:aws:logs:us-east-1:000000000000:log-group:${GROUP}:*`;
  const tail = startCommand(createTailCommand, ['cloudwatch-logs', arn, '--limit', '1']);
  await tail.ended;
  expect(tail.lines.length).toBe(1);
});

it('ends at Ctrl-C with 130', async () => {
  const services = await start();
  await put(services, 'job', 'a');
  const tail = startTail();
  await expect.poll(() => tail.lines.length).toBe(1);
  await tail.interrupt();
  expect(tail.exitCode).toBe(130);
  expect(tail.stderr).toBe('');
});

it.each<[string, (services: LocalServices) => void, RegExp]>([
  [
    'a group that does not exist',
    ({ cloudWatchLogs }) => cloudWatchLogs.deleteGroup(GROUP),
    /^error: there is no log group \/otel\/shop in this region and account/,
  ],
  [
    'a missing permission',
    (services) => services.setFaults([{ kind: 'error', name: 'AccessDeniedException' }]),
    /^error: the credentials may not read log group \S+: they need logs:FilterLogEvents/,
  ],
  ['no region', () => vi.stubEnv('AWS_REGION', undefined), /^error: no region is set/],
])('says in one line what is wrong: %s', async (_, spoil, message) => {
  const services = await start();
  spoil(services);
  const tail = startTail();
  await tail.ended;
  expect(tail.stderr).toMatch(message);
  expect(tail.stderr.trim().split('\n').length).toBe(1);
  expect(tail.exitCode).toBe(1);
});

it.each([
  [['--since', 'yesterday'], /Expected a number and s, m, h or d/],
  [['--stream', 'a', '--stream-prefix', 'b'], /cannot be used with/],
])('calls %s wrong usage', async (commandArguments, message) => {
  const tail = startTail(...commandArguments);
  await tail.ended;
  expect(tail.stderr).toMatch(message);
  expect(tail.exitCode).toBe(2);
});

it('remembers events only as long as a search may give them again', () => {
  const fresh = new FreshEvents(1000, 100);
  expect(fresh.take({ eventId: 'a', timestamp: 5000 })).toBe(true);
  expect(fresh.take({ eventId: 'b', timestamp: 5090 })).toBe(true);
  fresh.advance(10_000);
  expect(fresh.startMillis).toBe(4990);
  expect(fresh.take({ eventId: 'a', timestamp: 5000 })).toBe(false);
  expect(fresh.take({ eventId: 'c', timestamp: 4995 })).toBe(true);
});

it('does not skip the present for an event that is dated ahead', () => {
  const fresh = new FreshEvents(1000, 100);
  fresh.take({ eventId: 'a', timestamp: 99_000 });
  fresh.advance(5000);
  expect(fresh.startMillis).toBe(4900);
});
