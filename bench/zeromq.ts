/**
 * Load generator for ZeroMQ: as many records as go through, in several forms, to a receiver in a process of
 * its own, or to one that listens at `--endpoint`:
 *
 *     node bench/zeromq.ts [--seconds 2] [--bytes 300] [--endpoint tcp://127.0.0.1:5010]
 *
 * Forms are compared within one run, because absolute numbers move with the machine.
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Pull } from 'zeromq';
import {
  ZeroMqLogRecordExporter,
  type ZeroMqMessageOptions,
} from '../src/destinations/zeromq/index.ts';
import type { LogRecordExporterOptions } from '../src/index.ts';
import { createLogRecord } from '../src/testing/records/create-log-record.ts';

const BATCH = 512;
const FORMS: Readonly<Record<string, LogRecordExporterOptions & ZeroMqMessageOptions>> = {
  'json, one a message': {},
  'json without sequence': { sequence: false },
  'msgpack, one a message': { encoding: 'msgpack' },
  'json, 10 a message': { aggregation: 'lines', maxRecordsPerMessage: 10 },
  'json, 100 a message': { aggregation: 'lines' },
  'msgpack, 100 a message': { aggregation: 'lines', encoding: 'msgpack' },
  'json, 100 a message, gzip': { aggregation: 'lines', compression: 'gzip' },
};

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    bytes: { type: 'string', default: '300' },
    endpoint: { type: 'string' },
    receive: { type: 'boolean', default: false },
  },
});

if (values.receive) await receive();
else await generate();

/** The child: counts what comes and tells its parent when asked. */
async function receive(): Promise<void> {
  const socket = new Pull({ linger: 0 });
  await socket.bind('tcp://127.0.0.1:*');
  let messages = 0;
  process.on('message', () => process.send?.({ messages }));
  process.send?.({ endpoint: socket.lastEndpoint });
  for await (const _ of socket) messages += 1;
}

async function generate(): Promise<void> {
  const receiver =
    values.endpoint === undefined
      ? fork(fileURLToPath(import.meta.url), ['--receive'], { execArgv: process.execArgv })
      : undefined;
  const [{ endpoint }] = receiver === undefined ? [values] : await once(receiver, 'message');
  for (const [name, options] of Object.entries(FORMS))
    await measure(name, { ...options, endpoint });
  receiver?.kill();
}

async function measure(
  name: string,
  options: LogRecordExporterOptions & ZeroMqMessageOptions & { readonly endpoint: string },
): Promise<void> {
  const body = 'x'.repeat(Math.max(1, Number(values.bytes) - 250));
  const batch = Array.from({ length: BATCH }, () => createLogRecord({ body }));
  const exporter = new ZeroMqLogRecordExporter(options);
  const send = (): Promise<unknown> => new Promise((resolve) => exporter.export(batch, resolve));
  await send();
  await exporter.forceFlush();
  const before = exporter.stats().delivered;
  const cpu = process.cpuUsage();
  const start = performance.now();
  while (performance.now() - start < Number(values.seconds) * 1000) await send();
  await exporter.forceFlush();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const { delivered, dropped } = exporter.stats();
  const count = delivered - before;
  await exporter.shutdown();
  process.stdout.write(
    `${name.padEnd(28)} ${Math.round(count / seconds / 1000)
      .toString()
      .padStart(
        6,
      )}k records/s  ${((user + system) / count).toFixed(2).padStart(6)} µs CPU a record` +
      `  dropped ${JSON.stringify(dropped)}\n`,
  );
}
