import { gzipSync } from 'node:zlib';
import { diag } from '@opentelemetry/api';
import { expect, it, onTestFinished, vi } from 'vitest';
import { curveKeyPair, Publisher, Push } from 'zeromq';
import {
  type ReceivedLog,
  type ReceiveProblem,
  type SequenceGap,
  ZeroMqLogReceiver,
  type ZeroMqLogReceiverOptions,
} from '../../../src/destinations/zeromq/index.ts';
import { createHostileLogRecords, createLogRecord, uidOf } from '../../../src/testing/index.ts';
import {
  closing,
  createExporter,
  exportRecords,
  ipcEndpoint,
  logRecords,
  quick,
  unusedEndpoint,
} from './support.ts';

interface Collected {
  readonly receiver: ZeroMqLogReceiver;
  readonly received: ReceivedLog[];
  readonly problems: ReceiveProblem[];
  readonly gaps: SequenceGap[];
}

async function collect(options: ZeroMqLogReceiverOptions = {}): Promise<Collected> {
  const received: ReceivedLog[] = [];
  const problems: ReceiveProblem[] = [];
  const gaps: SequenceGap[] = [];
  const receiver = new ZeroMqLogReceiver({
    endpoint: 'tcp://127.0.0.1:*',
    handlers: [{ match: () => true, handle: (data) => void received.push(data) }],
    onProblem: (problem) => problems.push(problem),
    onGap: (gap) => gaps.push(gap),
    ...options,
  });
  onTestFinished(() => receiver.close());
  await receiver.start();
  return { receiver, received, problems, gaps };
}

function senderTo(receiver: ZeroMqLogReceiver): Push {
  const sender = closing(new Push({ linger: 0 }));
  sender.connect(receiver.endpoint ?? '');
  return sender;
}

it('DL-12: listens with PULL and gives each record with its topic', async () => {
  const { receiver, received } = await collect();
  const exporter = createExporter({ ...quick, endpoint: receiver.endpoint ?? '' });
  const records = logRecords(500);
  await exportRecords(exporter, records);
  await exporter.forceFlush();
  await expect.poll(() => received.length).toBe(500);
  expect(received.map(({ record }) => uidOf(record))).toEqual(records.map(uidOf));
  expect(received[0]).toMatchObject({ topic: 'PLJ', receivedAtMillis: expect.any(Number) });
  expect(receiver.stats()).toEqual({
    messages: 500,
    records: 500,
    damaged: 0,
    missing: 0,
    handlerErrors: 0,
  });
});

it('DL-12: reads several records in one body', async () => {
  const { receiver, received } = await collect();
  const endpoint = receiver.endpoint ?? '';
  const exporter = createExporter({ ...quick, endpoint, aggregation: 'lines' });
  await exportRecords(exporter, logRecords(250));
  await exporter.forceFlush();
  await expect.poll(() => received.length).toBe(250);
  expect(receiver.stats()).toMatchObject({ messages: 3, records: 250 });
});

it('DL-12: subscribes to the topics it is given', async () => {
  const endpoint = ipcEndpoint();
  const publisher = closing(new Publisher({ linger: 0 }));
  await publisher.bind(endpoint);
  const { received } = await collect({ endpoint, socketType: 'sub', topics: ['PP', 'TL'] });
  await expect
    .poll(async () => {
      for (const topic of ['PLJ', 'PPJ', 'TLJ']) await publisher.send([topic, '{}']);
      return received.length;
    })
    .toBeGreaterThan(3);
  expect(new Set(received.map(({ topic }) => topic))).toEqual(new Set(['PPJ', 'TLJ']));
});

it('connects to several senders that bind', async () => {
  const endpoint = [ipcEndpoint(), ipcEndpoint()];
  const exporters = endpoint.map((own) => createExporter({ ...quick, endpoint: own, bind: true }));
  await Promise.all(exporters.map((exporter) => exportRecords(exporter, logRecords(2))));
  const { received } = await collect({ endpoint, bind: false });
  await expect.poll(() => received.length).toBe(4);
});

it('CURVE: takes records from senders that have its public key', async () => {
  const server = curveKeyPair();
  const { receiver, received } = await collect({ curve: server });
  const endpoint = receiver.endpoint ?? '';
  const curve = { serverKey: server.publicKey, ...curveKeyPair() };
  const exporter = createExporter({ ...quick, endpoint, curve });
  await exportRecords(exporter, logRecords(1));
  await expect.poll(() => received.length).toBe(1);
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

it('frees its port when it is closed', async () => {
  const endpoint = await unusedEndpoint();
  for (let round = 0; round < 5; round += 1) {
    await using receiver = new ZeroMqLogReceiver({ endpoint });
    await receiver.start();
    expect(receiver.endpoint).toBe(endpoint);
  }
});

it('says when its address is taken, and starts once it is free', async () => {
  const endpoint = await unusedEndpoint();
  const first = new ZeroMqLogReceiver({ endpoint });
  await first.start();
  await using second = new ZeroMqLogReceiver({ endpoint });
  await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
  await second.start();
  expect(second.endpoint).toBe(endpoint);
});

it('has one reader at a time', async () => {
  const { receiver } = await collect();
  expect(() => receiver[Symbol.asyncIterator]()).toThrow('handlers');
  await using unread = new ZeroMqLogReceiver({ endpoint: 'tcp://127.0.0.1:*' });
  const first = unread[Symbol.asyncIterator]().next();
  await expect(unread[Symbol.asyncIterator]().next()).rejects.toThrow('already');
  await unread.close();
  await first;
});

it('a damaged message is reported and its neighbours are kept', async () => {
  const { problems, receiver, received } = await collect();
  const sender = senderTo(receiver);
  await sender.send(['PLJ', '{"body":1}\nrubbish with a secret\n{"body":2}\n']);
  await sender.send(['PLJ', '']);
  await sender.send(['PLJ', Buffer.from([0xff, 0xfe, 0x00])]);
  await sender.send('{"body":3}');
  await sender.send(['PLJ', '{"body":4}', '{"body":5}']);
  await sender.send(['PLM', Buffer.from([0x81, 0xa4, 0x62])]);
  await expect.poll(() => received.length).toBe(5);
  await expect.poll(() => problems.length).toBe(4);
  expect(received.map(({ record }) => record.body)).toEqual([1, 2, 3, 4, 5]);
  expect(received.map(({ topic }) => topic)).toEqual(['PLJ', 'PLJ', '', 'PLJ', 'PLJ']);
  expect(problems.map(({ error }) => error.message).join()).not.toContain('secret');
  expect(String(problems[0]?.body)).toContain('secret');
  expect(receiver.stats()).toMatchObject({ messages: 6, damaged: 4 });
});

it('a small message of very many tiny records is read to a bound, and the next one is read', async () => {
  const { receiver, received, problems } = await collect({ maxMessageBytes: 1_048_576 });
  const sender = senderTo(receiver);
  await sender.send(['PLJ', gzipSync('{}\n'.repeat(300_000))]);
  await sender.send(['PLJ', '{"body":"next"}']);
  await expect.poll(() => receiver.stats().messages, { timeout: 10_000 }).toBe(2);
  await expect.poll(() => received.at(-1)?.record.body, { timeout: 10_000 }).toBe('next');
  expect(received.length).toBeLessThan(50_000);
  expect(problems).toMatchObject([
    { kind: 'damaged', error: { message: expect.stringContaining('bytes of memory') } },
  ]);
});

it('a callback that throws does not end it', async () => {
  const fail = (): never => {
    throw new Error('callback');
  };
  const { receiver, received } = await collect({ onProblem: fail, onGap: fail });
  const sender = senderTo(receiver);
  const numbered = (number: number): string => `{"sequence":{"id":"s","number":${number}}}`;
  for (const body of ['rubbish', numbered(1), numbered(9), '{}']) await sender.send(['PLJ', body]);
  await expect.poll(() => received.length).toBe(3);
});

it('without onProblem damaged messages are warned of rarer and rarer, without their contents', async () => {
  const warnings: string[] = [];
  vi.spyOn(diag, 'warn').mockImplementation((message) => void warnings.push(message));
  onTestFinished(() => void vi.restoreAllMocks());
  const receiver = new ZeroMqLogReceiver({
    endpoint: 'tcp://127.0.0.1:*',
    handlers: [{ match: () => true, handle() {} }],
  });
  onTestFinished(() => receiver.close());
  await receiver.start();
  const sender = senderTo(receiver);
  for (let count = 0; count < 100; count += 1) await sender.send(['PLJ', 'a secret']);
  await expect.poll(() => receiver.stats().damaged).toBe(100);
  expect(warnings).toHaveLength(7);
  expect(warnings[0]).toContain('zeromq receiver: a damaged message (1 so far)');
  expect(warnings.join()).not.toContain('secret');
});

it('without onProblem a handler that throws is warned of as such', async () => {
  const warnings: string[] = [];
  vi.spyOn(diag, 'warn').mockImplementation((message) => void warnings.push(message));
  onTestFinished(() => void vi.restoreAllMocks());
  const receiver = new ZeroMqLogReceiver({
    endpoint: 'tcp://127.0.0.1:*',
    handlers: [
      {
        match: () => true,
        handle() {
          throw new Error('full');
        },
      },
    ],
  });
  onTestFinished(() => receiver.close());
  await receiver.start();
  await senderTo(receiver).send(['PLJ', JSON.stringify({ body: 'a' })]);
  await expect.poll(() => warnings).toHaveLength(1);
  expect(warnings[0]).toContain('zeromq receiver: a handler that threw (1 so far)');
});

it('DL-9: tells which records of a sender are missing', async () => {
  const { gaps, receiver, received } = await collect();
  const sender = senderTo(receiver);
  const send = (topic: string, id: string, number: number): Promise<void> =>
    sender.send([topic, JSON.stringify({ sequence: { id, number } })]);
  await send('PLJ', 'a', 5);
  await send('PLJ', 'a', 6);
  await send('PPJ', 'a', 1);
  await send('PLJ', 'a', 9);
  await send('PLJ', 'a', 9);
  await send('PLJ', 'a', 7);
  await send('PLJ', 'b', 1);
  await send('PLJ', 'b', 3);
  await send('PLJ', 'a', 10);
  await expect.poll(() => received.length).toBe(9);
  expect(gaps).toEqual([
    { id: 'a', topic: 'PLJ', firstMissing: 7, lastMissing: 8 },
    { id: 'b', topic: 'PLJ', firstMissing: 2, lastMissing: 2 },
  ]);
  expect(receiver.stats()).toMatchObject({ missing: 3 });
});

it('DL-9: sees what a PUB socket dropped because its subscriber did not keep up', async () => {
  const endpoint = ipcEndpoint();
  const exporter = createExporter({
    ...quick,
    endpoint,
    socketType: 'pub',
    bind: true,
    sendHighWaterMark: 5,
  });
  await exportRecords(exporter, logRecords(1));
  let isHeld = true;
  const numbers: number[] = [];
  const { gaps, receiver } = await collect({
    endpoint,
    socketType: 'sub',
    receiveHighWaterMark: 5,
    handlers: [
      {
        match: () => true,
        async handle({ record }) {
          numbers.push(record.sequence?.number ?? 0);
          while (isHeld) await new Promise((resolve) => setImmediate(resolve));
        },
      },
    ],
  });
  await expect
    .poll(async () => {
      await exportRecords(exporter, logRecords(1));
      return numbers.length;
    })
    .toBeGreaterThan(0);
  await exportRecords(
    exporter,
    logRecords(400, () => 'x'.repeat(50_000)),
  );
  await exporter.forceFlush();
  isHeld = false;
  await expect
    .poll(async () => {
      await exportRecords(exporter, logRecords(1));
      return gaps.length;
    })
    .toBeGreaterThan(0);
  const first = numbers[0] ?? 0;
  await expect
    .poll(() => numbers.length + receiver.stats().missing)
    .toBe((numbers.at(-1) ?? 0) - first + 1);
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

it('the parts of a split record are one record again, though each comes in a message of its own', async () => {
  const { problems, receiver, received } = await collect();
  const exporter = createExporter({
    ...quick,
    endpoint: receiver.endpoint ?? '',
    maxMessageBytes: 2000,
    oversize: 'split',
  });
  const bodies = ['short', 'x'.repeat(9000), 'short', 'y'.repeat(5000)];
  await exportRecords(
    exporter,
    bodies.map((body) => createLogRecord({ body })),
  );
  await exporter.forceFlush();
  await expect.poll(() => received.length).toBe(4);
  expect(received.map(({ record }) => record.body)).toEqual(bodies);
  expect(receiver.stats().messages).toBeGreaterThan(8);
  expect(receiver.stats()).toMatchObject({ records: 4, missing: 0 });
  expect(problems).toEqual([]);
});

it('a split record may be larger than any message that the receiver takes', async () => {
  const { problems, receiver, received } = await collect({ maxMessageBytes: 20_000 });
  const exporter = createExporter({
    ...quick,
    endpoint: receiver.endpoint ?? '',
    maxMessageBytes: 20_000,
    oversize: 'split',
  });
  const body = 'x'.repeat(200_000);
  await exportRecords(exporter, [createLogRecord({ body })]);
  await exporter.forceFlush();
  await expect.poll(() => received.map(({ record }) => record.body)).toEqual([body]);
  expect(problems).toEqual([]);
});

it('parts whose siblings never come are given, and told of, at the end', async () => {
  const { problems, receiver, received } = await collect();
  const sender = senderTo(receiver);
  const part = { id: 'p', index: 0, count: 2, fields: ['body'] };
  await sender.send(['PLJ', JSON.stringify({ body: 'the first half, ', part })]);
  await expect.poll(() => receiver.stats().messages).toBe(1);
  expect(received).toEqual([]);
  expect(problems).toEqual([]);
  await receiver.close();
  await expect.poll(() => received.map(({ record }) => record.body)).toEqual(['the first half, ']);
  expect(problems).toHaveLength(1);
});

it('parts in one message whose slices join to no JSON are given as they came, and told of once', async () => {
  const { problems, receiver, received } = await collect();
  const sender = senderTo(receiver);
  const lines = [0, 1].map((index) =>
    JSON.stringify({
      body: '{',
      part: { id: 'p', index, count: 2, fields: ['body'], json_fields: ['body'] },
    }),
  );
  await sender.send(['PLJ', lines.join('\n')]);
  await expect.poll(() => received.map(({ record }) => record.body)).toEqual(['{', '{']);
  expect(problems).toMatchObject([{ kind: 'damaged', topic: 'PLJ' }]);
  expect(receiver.stats()).toMatchObject({ messages: 1, records: 2, damaged: 1 });
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

it('goes on when the callbacks and handlers of the application reject', async () => {
  const unhandled: unknown[] = [];
  const note = (thrown: unknown): void => void unhandled.push(thrown);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  const rejects = (): Promise<never> => Promise.reject(new Error('bug of the application'));
  const handled: string[] = [];
  const { receiver } = await collect({
    handlers: [
      { match: rejects, handle: () => {} },
      { match: () => Promise.resolve(false), handle: () => void handled.push('not wanted') },
      { match: () => Promise.resolve(true), handle: ({ topic }) => void handled.push(topic) },
    ],
    onGap: rejects,
    onProblem: rejects,
  });
  const sender = senderTo(receiver);
  const numbered = (number: number): string =>
    JSON.stringify({ timestamp: '2026-01-01T00:00:00Z', sequence: { id: 'a', number } });
  await sender.send(['PLJ', numbered(1)]);
  await sender.send(['PLJ', 'no record']);
  await sender.send(['PLJ', numbered(5)]);
  await expect.poll(() => handled).toEqual(['PLJ', 'PLJ']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(receiver.stats()).toMatchObject({ missing: 3, damaged: 1, handlerErrors: 2 });
  expect(unhandled).toEqual([]);
});
