import { expect, it, onTestFinished } from 'vitest';
import { curveKeyPair, Publisher, Push } from 'zeromq';
import { createTailCommand } from '../../../src/cli/tail-command.ts';
import {
  ZeroMqLogRecordExporter,
  type ZeroMqMessageOptions,
  type ZeroMqOwnSocketOptions,
} from '../../../src/destinations/zeromq/index.ts';
import type { LogRecordExporterOptions } from '../../../src/index.ts';
import { createLogRecord } from '../../../src/testing/index.ts';
import { exportAll } from './support/export-all.ts';
import { type CommandOptions, type RunningCommand, startCommand } from './support/start-command.ts';

const ANY_PORT = 'tcp://127.0.0.1:*';

async function startTail(
  commandArguments: readonly string[],
  options?: CommandOptions,
): Promise<RunningCommand & { readonly endpoint: string }> {
  const tail = startCommand(createTailCommand, ['zeromq', ...commandArguments], options);
  await expect.poll(() => tail.stderr).toMatch(/listening at tcp:.*\n/);
  const endpoint = /listening at (\S+)/.exec(tail.stderr)?.[1] ?? '';
  return Object.assign(tail, { endpoint });
}

function exporterTo(
  endpoint: string,
  options: LogRecordExporterOptions & ZeroMqMessageOptions & Partial<ZeroMqOwnSocketOptions> = {},
): ZeroMqLogRecordExporter {
  return new ZeroMqLogRecordExporter({ endpoint, ...options });
}

function senderTo(endpoint: string): Push {
  const sender = new Push({ linger: 0 });
  onTestFinished(() => sender.close());
  sender.connect(endpoint);
  return sender;
}

it('listens with PULL and prints what an exporter pushes, until its limit', async () => {
  const tail = await startTail([ANY_PORT, '--limit', '3', '--min-severity', 'warn']);
  const records = [9, 13, 17, 5, 21].map((severityNumber, index) =>
    createLogRecord({ severityNumber, body: `record ${index}`, attributes: { uid: 'x' } }),
  );
  await exportAll(exporterTo(tail.endpoint), records);
  await tail.ended;
  expect(tail.lines.map((line) => line.slice(24))).toEqual([
    'WARN  local-service [local-scope] record 1 uid=x',
    'ERROR local-service [local-scope] record 2 uid=x',
    'FATAL local-service [local-scope] record 4 uid=x',
  ]);
  expect(tail.exitCode).toBe(0);
});

it('reads MessagePack, several records in a message and compressed ones', async () => {
  const tail = await startTail([ANY_PORT, '--json', '--limit', '4']);
  const records = Array.from({ length: 2 }, (_, index) => createLogRecord({ body: index }));
  const options = { aggregation: 'lines', compression: 'gzip' } as const;
  await exportAll(exporterTo(tail.endpoint, { encoding: 'msgpack' }), records);
  await exportAll(exporterTo(tail.endpoint, options), records);
  await tail.ended;
  expect(tail.records).toMatchObject([{ body: 0 }, { body: 1 }, { body: 0 }, { body: 1 }]);
});

it('tells of damaged messages and of missing records, and goes on', async () => {
  const tail = await startTail([ANY_PORT, '--limit', '2']);
  const sender = senderTo(tail.endpoint);
  const numbered = (number: number): string =>
    JSON.stringify({ body: `number ${number}`, sequence: { id: 'a', number } });
  await sender.send(['PLJ', numbered(1)]);
  await sender.send(['P\u001bLJ', '{"body": half']);
  await sender.send(['PLJ', numbered(4)]);
  await tail.ended;
  expect(tail.stdout).toMatch(/number 1\n.*number 4\n$/);
  expect(tail.stderr).toContain('warning: P\\x1bLJ: An object that does not end (at byte 0)\n');
  expect(tail.stderr).toContain('warning: PLJ: missing records, numbers 2 to 3 of their sender\n');
});

it('subscribes to a publisher, to the topics it is given', async () => {
  const publisher = new Publisher({ linger: 0 });
  onTestFinished(() => publisher.close());
  await publisher.bind(ANY_PORT);
  const endpoint = publisher.lastEndpoint ?? '';
  const tail = startCommand(createTailCommand, [
    ...['zeromq', '--sub', '--topic', 'PP', '--topic', 'T', '--limit', '4', endpoint],
  ]);
  await expect
    .poll(async () => {
      for (const topic of ['PLJ', 'PPJ', 'TLJ']) {
        await publisher.send([topic, JSON.stringify({ body: topic })]);
      }
      return tail.lines.length;
    })
    .toBe(4);
  await tail.ended;
  expect(tail.stdout).not.toContain('PLJ');
  expect(tail.stdout).toContain('PPJ');
  expect(tail.stdout).toContain('TLJ');
});

it('takes encryption keys from the environment', async () => {
  const server = curveKeyPair();
  const environment = { COLLECTORLESS_CURVE_SECRET_KEY: server.secretKey };
  const tail = await startTail([ANY_PORT, '--limit', '1'], { environment });
  const curve = { serverKey: server.publicKey, ...curveKeyPair() };
  await exportAll(exporterTo(tail.endpoint, { curve }), [createLogRecord()]);
  await tail.ended;
  expect(tail.lines.length).toBe(1);
});

it('ends at Ctrl-C with 130, and frees its port', async () => {
  const tail = await startTail([ANY_PORT]);
  await tail.interrupt();
  expect(tail.exitCode).toBe(130);
  const next = await startTail([tail.endpoint]);
  expect(next.endpoint).toBe(tail.endpoint);
});

it('says in one line that its port is taken', async () => {
  const { endpoint } = await startTail([ANY_PORT]);
  const second = startCommand(createTailCommand, ['zeromq', endpoint]);
  await second.ended;
  expect(second.stderr).toBe(
    `error: cannot listen at ${endpoint}: EADDRINUSE: Address already in use\n`,
  );
  expect(second.exitCode).toBe(1);
});

it.each([
  ['an address that is none', ['localhost:5010'], /Expected `endpoint`/],
  ['--topic without --sub', ['--topic', 'P'], /--topic needs --sub/],
  ['a severity that is none', ['--min-severity', 'loud'], /Expected trace, debug/],
  ['an attribute without a value', ['--attribute', 'tenant'], /Expected key=value/],
  ['a limit of nothing', ['--limit', '0'], /Expected a whole number/],
  ['an encoding that is none', ['--encoding', 'xml'], /Allowed choices are json/],
])('calls %s wrong usage', async (_, commandArguments, message) => {
  const tail = startCommand(createTailCommand, ['zeromq', ...commandArguments]);
  await tail.ended;
  expect(tail.stderr).toMatch(message);
  expect(tail.stderr).not.toMatch(/\n\s+at /);
  expect(tail.exitCode).toBe(2);
});
