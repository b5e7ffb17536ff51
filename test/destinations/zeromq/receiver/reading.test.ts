import { expect, it } from 'vitest';
import { type ReceivedLog, ZeroMqLogReceiver } from '../../../../src/destinations/zeromq/index.ts';
import { createHostileLogRecords, createLogRecord } from '../../../../src/testing/index.ts';
import { exportRecords } from '../../../support/export-records.ts';
import { createExporter, logRecords, quick } from '../support/zeromq-run.ts';
import { collect, senderTo } from './support/collect.ts';

it('DL-12: reads several records in one body', async () => {
  const { receiver, received } = await collect();
  const endpoint = receiver.endpoint ?? '';
  const exporter = createExporter({ ...quick, endpoint, aggregation: 'lines' });
  await exportRecords(exporter, logRecords(250));
  await exporter.forceFlush();
  await expect.poll(() => received.length).toBe(250);
  expect(receiver.stats()).toMatchObject({ messages: 3, records: 250 });
});

it('DL-13: handlers get the records they match, in their order, one record after the other', async () => {
  const calls: string[] = [];
  const { receiver } = await collect({
    handlers: [
      {
        match: ({ topic }) => topic.startsWith('P'),
        async handle({ topic }) {
          calls.push(`slow ${topic}`);
          await Promise.resolve();
          calls.push(`slow ${topic} done`);
        },
      },
      { match: () => true, handle: ({ topic }) => void calls.push(`all ${topic}`) },
    ],
  });
  const sender = senderTo(receiver);
  await sender.send(['PLJ', '{}']);
  await sender.send(['TLJ', '{}']);
  await expect.poll(() => calls.length).toBe(4);
  expect(calls).toEqual(['slow PLJ', 'slow PLJ done', 'all PLJ', 'all TLJ']);
});

it('DL-13: a handler that throws is reported and takes nothing from the others', async () => {
  const handled: ReceivedLog[] = [];
  const { problems, receiver } = await collect({
    handlers: [
      {
        match() {
          throw new Error('match');
        },
        handle() {},
      },
      { match: () => true, handle: () => Promise.reject(new Error('handle')) },
      { match: () => true, handle: (data) => void handled.push(data) },
    ],
  });
  const sender = senderTo(receiver);
  await sender.send(['PLJ', '{}']);
  await sender.send(['PLJ', '{}']);
  await expect.poll(() => handled.length).toBe(2);
  expect(problems.map(({ error, kind }) => `${kind} ${error.message}`)).toEqual([
    'handler match',
    'handler handle',
    'handler match',
    'handler handle',
  ]);
  expect(receiver.stats()).toMatchObject({ handlerErrors: 4 });
});

it('is read with for await until it is closed', async () => {
  await using receiver = new ZeroMqLogReceiver({ endpoint: 'tcp://127.0.0.1:*' });
  await receiver.start();
  const sender = senderTo(receiver);
  for (const body of [1, 2, 3]) await sender.send(['PLJ', JSON.stringify({ body })]);
  const bodies: unknown[] = [];
  for await (const { record } of receiver) {
    bodies.push(record.body);
    if (bodies.length === 3) await receiver.close();
  }
  expect(bodies).toEqual([1, 2, 3]);
  for await (const data of receiver) expect.unreachable(String(data));
});

it('ends a reader that waits when it is closed, and can be closed again', async () => {
  const receiver = new ZeroMqLogReceiver({ endpoint: 'tcp://127.0.0.1:*' });
  await receiver.start();
  const next = receiver[Symbol.asyncIterator]().next();
  await Promise.all([receiver.close(), receiver.close()]);
  await receiver.close();
  expect(await next).toEqual({ done: true, value: undefined });
  await expect(receiver.start()).rejects.toThrow('closed');
});

it.for(['json', 'msgpack', 'otlp-json', 'distlog-json', 'body'] as const)(
  'DL-8, DL-12: the topic tells how to read %s, aggregated and compressed or not',
  async (encoding) => {
    const { problems, receiver, received } = await collect();
    const endpoint = receiver.endpoint ?? '';
    const forms = [
      {},
      { compression: 'gzip' },
      { aggregation: 'lines' },
      { aggregation: 'lines', compression: 'gzip' },
    ] as const;
    for (const form of forms) {
      const exporter = createExporter({ ...quick, endpoint, encoding, ...form });
      const bodies = ['one', 'two: {"a":1}', 'größe'];
      await exportRecords(
        exporter,
        bodies.map((body) => createLogRecord({ body })),
      );
      await exporter.forceFlush();
      await expect.poll(() => received.length).toBe(3);
      expect(received.splice(0).map(({ record }) => record.body)).toEqual(bodies);
    }
    expect(problems).toEqual([]);
  },
);

it('the encoding can be told where the topic does not', async () => {
  const { problems, receiver, received } = await collect({ encoding: 'json' });
  const sender = senderTo(receiver);
  await sender.send(['mine', 'rubbish']);
  await sender.send(['mine', '{"body":"{}"}']);
  await expect.poll(() => received.length).toBe(1);
  expect(problems).toHaveLength(1);
});

it('hostile records come through', async () => {
  const { problems, receiver, received } = await collect();
  const exporter = createExporter({ ...quick, endpoint: receiver.endpoint ?? '' });
  await exportRecords(exporter, createHostileLogRecords(5, 150));
  await exporter.forceFlush();
  const { delivered } = exporter.stats();
  await expect.poll(() => received.length).toBe(delivered);
  expect(problems).toEqual([]);
});
