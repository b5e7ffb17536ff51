import { expect, it, vi } from 'vitest';
import { createTailCommand } from '../../../src/cli/tail-command.ts';
import {
  SqsLogRecordExporter,
  type SqsLogRecordExporterOptions,
} from '../../../src/destinations/sqs/index.ts';
import { createLogRecord, type LocalServices } from '../../../src/testing/index.ts';
import { exportAll } from './support/export-all.ts';
import { type RunningCommand, startCommand } from './support/start-command.ts';
import { stubAws } from './support/stub-aws.ts';

const startTail = (...commandArguments: readonly string[]): RunningCommand =>
  startCommand(createTailCommand, ['sqs', ...commandArguments]);

type Options = Pick<
  SqsLogRecordExporterOptions,
  'aggregation' | 'encoding' | 'compression' | 'oversize' | 'maxMessageBytes'
>;

/** Sends one record for each severity. */
function send(
  { clientConfig }: LocalServices,
  severities: readonly number[],
  options: Options = {},
): Promise<void> {
  const exporter = new SqsLogRecordExporter({ queueName: 'logs', clientConfig, ...options });
  const records = severities.map((severityNumber) =>
    createLogRecord({ severityNumber, body: `severity ${severityNumber}` }),
  );
  return exportAll(exporter, records);
}

const waitingCount = ({ sqs }: LocalServices): number => sqs.visible('logs').count;

it('prints what is in a queue and what comes, and leaves it there', async () => {
  const services = await stubAws();
  await send(services, [9]);
  const tail = startTail('logs', '--limit', '2');
  await expect.poll(() => tail.stdout).toContain('severity 9');
  await send(services, [13]);
  await tail.ended;
  expect(tail.stdout).toMatch(/INFO .* severity 9 .*\n.*WARN .* severity 13 .*\n$/);
  expect(waitingCount(services)).toBe(2);
  expect(services.violations).toEqual([]);
  expect(tail.exitCode).toBe(0);
});

it('prints a message once that the queue gives twice, and deletes both', async () => {
  const services = await stubAws();
  await send(services, [9]);
  const [message] = services.sqs.messages;
  if (message === undefined) throw new Error('Nothing was sent');
  services.sqs.visible('logs').add(message, 0);
  await send(services, [13]);
  const tail = startTail('logs', '--delete');
  await expect.poll(() => waitingCount(services)).toBe(0);
  expect(tail.lines.length).toBe(2);
});

it('takes an address, and the region that it names', async () => {
  const services = await stubAws({ region: 'eu-west-1' });
  await send(services, [9]);
  vi.stubEnv('AWS_REGION', '');
  const url = 'https://sqs.eu-west-1.amazonaws.com/000000000000/logs';
  const tail = startTail(url, '--limit', '1', '--endpoint', services.clientConfig.endpoint);
  await tail.ended;
  expect(tail.stderr).toBe('');
  expect(tail.lines.length).toBe(1);
});

it('with --delete takes out what it printed, and nothing else', async () => {
  const services = await stubAws();
  await send(services, [5, 17, 9, 21]);
  const tail = startTail('logs', '--delete', '--min-severity', 'error');
  await expect.poll(() => waitingCount(services)).toBe(2);
  await tail.interrupt();
  const [left] = services.sqs.visible('logs').receive(1, 0, Date.now() + 60_000);
  expect(left?.message.body).toContain('severity 5');
  expect(tail.lines.length).toBe(2);
  expect(tail.exitCode).toBe(130);
  expect(services.violations).toEqual([]);
});

it('with --delete keeps a message of which its limit left a part', async () => {
  const services = await stubAws();
  await send(services, [9, 10, 11], { aggregation: 'lines' });
  await send(services, [17]);
  const tail = startTail('logs', '--delete', '--limit', '2');
  await tail.ended;
  expect(tail.lines.length).toBe(2);
  expect(waitingCount(services)).toBe(2);
});

it.each<[string, Options]>([
  ['MessagePack', { encoding: 'msgpack' }],
  ['compressed lines', { aggregation: 'lines', compression: 'gzip' }],
  ['OTLP', { encoding: 'otlp-json' }],
])('reads %s', async (_, options) => {
  const services = await stubAws();
  await send(services, [9, 13], options);
  const tail = startTail('logs', '--json', '--limit', '2');
  await tail.ended;
  expect(tail.records).toMatchObject([{ body: 'severity 9' }, { body: 'severity 13' }]);
});

it('joins the parts of a split record from several messages', async () => {
  const services = await stubAws();
  const body = 'x'.repeat(5000);
  const { clientConfig } = services;
  const options = { oversize: 'split', maxMessageBytes: 2000 } as const;
  const exporter = new SqsLogRecordExporter({ queueName: 'logs', clientConfig, ...options });
  await exportAll(exporter, [createLogRecord({ body })]);
  const tail = startTail('logs', '--json', '--limit', '1');
  await tail.ended;
  expect(tail.records).toMatchObject([{ body }]);
  expect(tail.stderr).toBe('');
});

it('tells of a damaged message, and leaves it in the queue', async () => {
  const services = await stubAws();
  await send(services, [9], { encoding: 'body' });
  services.sqs.visible('logs').clear();
  const [message] = services.sqs.messages;
  if (message === undefined) throw new Error('Nothing was sent');
  services.sqs.visible('logs').add({ ...message, body: '{"body": half' }, 0);
  await send(services, [13]);
  const tail = startTail('logs', '--delete', '--limit', '1');
  await tail.ended;
  expect(tail.stderr).toBe(
    `warning: message ${message.messageId}: An object that does not end (at byte 0)\n`,
  );
  expect(waitingCount(services)).toBe(1);
});

it('waits for a service that fails after it has worked', async () => {
  const services = await stubAws();
  await send(services, [9]);
  const tail = startTail('logs', '--hide-seconds', '1');
  await expect.poll(() => tail.lines.length).toBe(1);
  await services.pause();
  await expect.poll(() => tail.stderr).toMatch(/warning: queue logs: .*; trying again\n/);
  await services.resume();
  // The call that was cut off may take a message with it.
  const nextLine = async (): Promise<number> => {
    await send(services, [13]);
    return tail.lines.length;
  };
  await expect.poll(nextLine, { interval: 300 }).toBeGreaterThan(1);
});

it.each<[string, (services: LocalServices) => void, RegExp]>([
  [
    'a queue that does not exist',
    ({ sqs }) => sqs.deleteQueue('logs'),
    /^error: there is no queue logs in this region and account \(.*QueueDoesNotExist.*\)\n$/,
  ],
  [
    'a missing permission',
    (services) => services.setFaults([{ kind: 'error', name: 'AccessDeniedException' }]),
    /^error: the credentials may not read queue logs: they need sqs:ReceiveMessage, .*\n$/,
  ],
  [
    'wrong keys',
    () => vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong'),
    /^error: queue logs: .*signature.*\n$/i,
  ],
  ['no region', () => vi.stubEnv('AWS_REGION', undefined), /^error: no region is set.*--region\n$/],
  ['no such region', () => vi.stubEnv('AWS_REGION', '-'), /^error: no region is set.*--region\n$/],
])('says in one line what is wrong: %s', async (_, spoil, message) => {
  const services = await stubAws();
  spoil(services);
  const tail = startTail('logs');
  await tail.ended;
  expect(tail.stderr).toMatch(message);
  expect(tail.exitCode).toBe(1);
});
