import { setTimeout } from 'node:timers/promises';
import { uidOf } from 'collectorless/testing';
import { ZeroMqLogReceiver, ZeroMqLogRecordExporter } from 'collectorless/zeromq';
import { expect, test } from 'vitest';
import { deliver } from './support/deliver.ts';
import { distlogDocument } from './support/distlog-document.ts';
import { jsonDocument, msgpackDocument } from './support/json-document.ts';
import { runPython, startPython } from './support/python.ts';
import { binaryRecords, sourceRecords } from './support/source-records.ts';
import { unusedPort } from './support/unused-port.ts';

interface PythonMessage {
  readonly topic: string;
  readonly frames: number;
  readonly records: readonly { readonly attributes: { readonly uid: string } }[];
}

const forms = [
  { encoding: 'json', aggregation: 'none', topic: 'PLJ', messages: 300 },
  { encoding: 'msgpack', aggregation: 'none', topic: 'PLM', messages: 306 },
  { encoding: 'json', aggregation: 'lines', topic: 'PLJ', messages: 3 },
  { encoding: 'msgpack', aggregation: 'lines', topic: 'PLM', messages: 4 },
] as const;

test.each(forms)(
  'pyzmq pulls every record once: $encoding, aggregation $aggregation',
  async ({ encoding, aggregation, topic, messages: count }) => {
    const receiver = startPython('receive-zeromq', ['pull']);
    const records = sourceRecords(300);
    if (encoding === 'msgpack') records.push(...binaryRecords());
    const exporter = new ZeroMqLogRecordExporter({
      endpoint: await receiver.line(),
      encoding,
      aggregation,
      sequence: false,
      acknowledge: 'delivered',
    });

    await deliver(exporter, records);

    const messages = (await receiver.lines(count)).map(parseMessage);
    expect(new Set(messages.map((message) => message.topic))).toEqual(new Set([topic]));
    expect(new Set(messages.map((message) => message.frames))).toEqual(new Set([2]));
    expect(messages.flatMap((message) => message.records)).toEqual(
      records.map(encoding === 'json' ? jsonDocument : msgpackDocument),
    );
  },
);

test('pyzmq that has subscribed hears every record, numbered without a gap', async () => {
  const receiver = startPython('receive-zeromq', ['sub']);
  const endpoint = await receiver.line();
  const exporter = new ZeroMqLogRecordExporter({ endpoint, socketType: 'pub' });
  const [probe, ...records] = sourceRecords(201);
  if (probe === undefined) throw new Error('No probe');
  // A publisher's messages go nowhere until the subscription has come.
  const heard = receiver.line().then(parseMessage);
  while ((await Promise.race([heard, setTimeout(20)])) === undefined) {
    exporter.export([probe], () => {});
  }

  exporter.export(records, () => {});
  await exporter.forceFlush();

  const arrived: PythonMessage['records'][number][] = [...(await heard).records];
  while (uidOf(arrived.at(-1)) !== uidOf(records.at(-1))) {
    arrived.push(...parseMessage(await receiver.line()).records);
  }
  await exporter.shutdown();
  const numbers = arrived.map((record) => (record as { sequence?: { number?: number } }).sequence);
  const first = numbers[0]?.number ?? Number.NaN;
  expect(numbers.map((sequence) => sequence?.number)).toEqual(
    numbers.map((_, index) => first + index),
  );
  expect(arrived.map(uidOf).filter((uid) => uid !== uidOf(probe))).toEqual(records.map(uidOf));
});

test('distlogd reads distlog-json, beside what distlog itself sends', async () => {
  const endpoint = `tcp://127.0.0.1:${await unusedPort()}`;
  const distlogd = startPython('run-distlogd', [endpoint]);
  const records = sourceRecords(200);
  const exporter = new ZeroMqLogRecordExporter({
    endpoint,
    encoding: 'distlog-json',
    acknowledge: 'delivered',
  });

  await deliver(exporter, records);

  const ours = (await distlogd.lines(records.length)).map(parseDistlog);
  expect(ours.map(({ data }) => data)).toMatchObject(records.map(distlogDocument));
  const documents = records.map(distlogDocument);
  expect(ours.map(({ formatted }) => formatted)).toEqual(
    documents.map(({ levelname, name, msg }) => `${levelname} ${name} ${msg}`),
  );

  await runPython('send-distlog', [endpoint]);
  const theirs = (await distlogd.lines(3)).map(parseDistlog);
  expect(theirs.map(({ data }) => data['msg'])).toEqual(['first', 'order %d of\n%s', 'third']);
  // Python 3.12 added a field of its own; distlog passes on what Python has.
  const known = new Set([...Object.keys(ours[0]?.data ?? {}), 'taskName']);
  const names = theirs.flatMap(({ data }) => Object.keys(data));
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

test("our receiver reads what distlog's handler sends", async () => {
  const receiver = new ZeroMqLogReceiver({ endpoint: 'tcp://127.0.0.1:*' });
  await receiver.start();
  await runPython('send-distlog', [receiver.endpoint ?? '']);
  const received = [];
  for await (const log of receiver) {
    received.push(log);
    if (received.length === 3) break;
  }
  await receiver.close();
  expect(received.map(({ topic }) => topic)).toEqual(['PLJ', 'PLJ', 'PLJ']);
  expect(received.map(({ record }) => record)).toMatchObject([
    { body: 'first', severityText: 'DEBUG', instrumentationScope: { name: 'python.orders' } },
    { body: 'order 17 of\nGrüße', severityText: 'WARNING', severityNumber: 13 },
    { body: 'third', severityText: 'ERROR' },
  ]);
});

function parseMessage(line: string): PythonMessage {
  return JSON.parse(line);
}

function parseDistlog(line: string): { data: Record<string, unknown>; formatted: string } {
  return JSON.parse(line);
}
