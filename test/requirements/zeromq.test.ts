// What `distlog` and `distlogd`, Python logging over ZeroMQ, did: rows DL-1 to DL-14 of docs/requirements.md.
import { BatchLogRecordProcessor, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { LogRecordExporterOptions } from 'collectorless';
import { createLogRecord, createResource, type LocalServices } from 'collectorless/testing';
import {
  type ReceivedLog,
  type SequenceGap,
  ZeroMqLogReceiver,
  type ZeroMqLogReceiverOptions,
  ZeroMqLogRecordExporter,
  type ZeroMqMessageOptions,
  type ZeroMqOwnSocketOptions,
} from 'collectorless/zeromq';
import { expect, it, onTestFinished } from 'vitest';
import { Context, curveKeyPair, Pull, Push, type Socket, Subscriber } from 'zeromq';
import { runChild } from '../destinations/zeromq/children/run-child.ts';
import { ipcEndpoint, unusedEndpoint } from '../destinations/zeromq/support.ts';
import {
  bodiesOf,
  delivered,
  ending,
  exported,
  numbered,
  providerOf,
  quick,
  recordsOf,
  startServices,
} from './support/requirement-run.ts';

type Options = Partial<ZeroMqOwnSocketOptions> & ZeroMqMessageOptions & LogRecordExporterOptions;

function exporterTo(endpoint: string, options: Options = {}): ZeroMqLogRecordExporter {
  return ending(new ZeroMqLogRecordExporter({ endpoint, ...quick, ...options }));
}

function closing<S extends Socket>(socket: S): S {
  onTestFinished(() => socket.close());
  return socket;
}

/** Answers the address of a receiver that is closed when the test ends. */
async function startReceiver(options: ZeroMqLogReceiverOptions): Promise<string> {
  const receiver = new ZeroMqLogReceiver({ endpoint: 'tcp://127.0.0.1:*', ...options });
  onTestFinished(() => receiver.close());
  await receiver.start();
  return receiver.endpoint ?? '';
}

const topicsOf = ({ zeromq }: LocalServices): string[] => zeromq.messages.map(({ topic }) => topic);

it('DL-1 a PUSH socket that connects', async () => {
  const { zeromq } = await startServices({ zeromq: true });
  await delivered(exporterTo(zeromq.endpoint), numbered(3));
  await expect.poll(() => bodiesOf(zeromq.decoded)).toEqual(['0', '1', '2']);
});

it('DL-1 or one that binds, and PUB', async () => {
  const push = ipcEndpoint();
  const pushing = exporterTo(push, { bind: true });
  const pulling = closing(new Pull({ linger: 0 }));
  pulling.connect(push);
  await delivered(pushing, recordsOf('pushed'));
  const [, pushed] = await pulling.receive();
  expect(JSON.parse(String(pushed)).body).toBe('pushed');
  const pub = ipcEndpoint();
  const publishing = exporterTo(pub, { bind: true, socketType: 'pub' });
  const subscriber = closing(new Subscriber({ linger: 0 }));
  subscriber.subscribe();
  subscriber.connect(pub);
  let received: unknown;
  void subscriber.receive().then(([, body]) => {
    received = JSON.parse(String(body)).body;
  });
  // What is published before the subscription has come is for nobody.
  await expect
    .poll(async () => {
      await delivered(publishing, recordsOf('published'));
      return received;
    })
    .toBe('published');
});

it('DL-2 through a socket of the application, in a context of its own, that stays open', async () => {
  const { zeromq } = await startServices({ zeromq: true });
  const socket = closing(new Push({ context: new Context(), linger: 0 }));
  socket.connect(zeromq.endpoint);
  const exporter = ending(new ZeroMqLogRecordExporter({ socket, ...quick }));
  await delivered(exporter, recordsOf('a'));
  await exporter.shutdown();
  expect(socket.closed).toBe(false);
  await expect.poll(() => bodiesOf(zeromq.decoded)).toEqual(['a']);
});

it('DL-3 a message has two frames: topic and body', async () => {
  const { zeromq } = await startServices({ zeromq: true });
  await delivered(exporterTo(zeromq.endpoint, { encoding: 'body' }), recordsOf('hello'));
  await expect.poll(() => zeromq.messages.length).toBe(1);
  expect(zeromq.messages[0]?.frames.map(String)).toEqual(['PLT', 'hello']);
});

it.for([
  ['test', {}, 'TLJ'],
  ['staging', {}, 'SLJ'],
  ['production', { encoding: 'msgpack' }, 'PLM'],
  ['production', { topic: 'logs.{service.name}' }, 'logs.local-service'],
  ['production', { topic: ({ severityText }) => severityText }, 'INFO'],
] as const satisfies [string, Options, string][])(
  'DL-4 in %s with %o the topic is %s',
  async ([environment, options, topic]) => {
    const services = await startServices({ zeromq: true });
    const resource = createResource({
      'service.name': 'local-service',
      'deployment.environment.name': environment,
    });
    const exporter = exporterTo(services.zeromq.endpoint, options);
    await delivered(exporter, [createLogRecord({ resource })]);
    await expect.poll(() => topicsOf(services)).toEqual([topic]);
  },
);

it('DL-5 an encoder of your own brings its content type and with it the letter', async () => {
  const services = await startServices({ zeromq: true });
  const types = ['application/json', 'application/vnd.msgpack', 'text/csv', 'application/x-own'];
  for (const contentType of types) {
    const encoding = { name: 'own', contentType, isText: false, encode: () => 'own' };
    await delivered(
      exporterTo(services.zeromq.endpoint, { encoding, sequence: false }),
      recordsOf('x'),
    );
  }
  await expect
    .poll(() => topicsOf(services).map((topic) => topic[2]))
    .toEqual(['J', 'M', 'B', 'B']);
  expect(String(services.zeromq.messages[0]?.body)).toBe('own');
});

it('DL-6 the kind is P for records with a duration, or of chosen scopes', async () => {
  const services = await startServices({ zeromq: true });
  const records = [
    createLogRecord({ attributes: { duration: 12 } }),
    createLogRecord(),
    createLogRecord({ instrumentationScope: { name: 'timing' } }),
  ];
  const { endpoint } = services.zeromq;
  for (const record of records) await delivered(exporterTo(endpoint), [record]);
  const performance = { attributes: [], scopes: ['timing'] };
  for (const record of records) await delivered(exporterTo(endpoint, { performance }), [record]);
  const kinds = ['PPJ', 'PLJ', 'PLJ', 'PLJ', 'PLJ', 'PPJ'];
  await expect.poll(() => topicsOf(services).toSorted()).toEqual(kinds.toSorted());
  const chosen = services.zeromq.messages.filter(({ topic }) => topic === 'PPJ');
  expect(chosen.map(({ body }) => JSON.parse(String(body)).scope.name)).toEqual([
    'local-scope',
    'timing',
  ]);
});

it('DL-7 distlog-json is what distlogd reads: the fields of a Python record, escaped newlines', async () => {
  const { zeromq } = await startServices({ zeromq: true });
  const resource = createResource({
    'host.name': 'web-1',
    'process.pid': 77,
    'service.name': 'shop',
  });
  const record = createLogRecord({
    body: 'two\nlines',
    severityNumber: 17,
    hrTime: [1_700_000_000, 250_000_000],
    resource,
    instrumentationScope: { name: 'shop.cart' },
    attributes: { 'code.file.path': '/srv/app/cart.js', 'code.line.number': 12, 'task.id': 'a/1' },
  });
  const exporter = exporterTo(zeromq.endpoint, { encoding: 'distlog-json', sequence: false });
  await delivered(exporter, [record]);
  await expect.poll(() => zeromq.messages.length).toBe(1);
  expect(zeromq.messages[0]?.topic).toBe('PLJ');
  expect(zeromq.decoded).toMatchObject([
    {
      name: 'shop.cart',
      msg: 'two\nlines',
      args: null,
      levelname: 'ERROR',
      levelno: 40,
      pathname: '/srv/app/cart.js',
      filename: 'cart.js',
      module: 'cart',
      exc_info: null,
      exc_text: null,
      stack_info: null,
      lineno: 12,
      funcName: null,
      created: 1_700_000_000.25,
      msecs: 250,
      relativeCreated: 0,
      thread: null,
      threadName: 'MainThread',
      processName: 'shop',
      process: 77,
      message: 'two\\nlines',
      asctime: '2023-11-14 22:13:20,250',
      hostname: 'web-1',
      context: { 'task.id': 'a/1' },
    },
  ]);
});

it('DL-8 MessagePack carries what JSON cannot: bytes and the nanosecond', async () => {
  const received: ReceivedLog[] = [];
  const handle = (data: ReceivedLog): void => void received.push(data);
  const endpoint = await startReceiver({ handlers: [{ match: () => true, handle }] });
  const hrTime: [number, number] = [1_700_000_000, 123_456_789];
  const record = createLogRecord({ body: new Uint8Array([0, 255]), hrTime });
  await delivered(exporterTo(endpoint, { encoding: 'msgpack' }), [record]);
  await expect.poll(() => received.length).toBe(1);
  expect(received[0]?.topic).toBe('PLM');
  expect(received[0]?.record).toMatchObject({ body: record.body, hrTime });
});

it('DL-9 trace and span say which task a record is of, its number in which place it stands', async () => {
  const gaps: SequenceGap[] = [];
  const { zeromq } = await startServices({ zeromq: true });
  const spanContext = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), traceFlags: 1 };
  const records = numbered(4).map((record) => ({ ...record, spanContext }));
  await delivered(exporterTo(zeromq.endpoint), records);
  await expect.poll(() => zeromq.messages.length).toBe(4);
  const task = { trace_id: spanContext.traceId, span_id: spanContext.spanId };
  const [id] = zeromq.decoded.map((record) => Object(record).sequence.id);
  expect(id).toMatch(/./u);
  expect(zeromq.decoded).toMatchObject(
    [1, 2, 3, 4].map((number) => ({ ...task, sequence: { id, number } })),
  );
  // A receiver that gets the same messages without the second and third sees what is missing.
  const endpoint = await startReceiver({
    handlers: [{ match: () => true, handle: () => {} }],
    onGap: (gap) => gaps.push(gap),
  });
  const sender = closing(new Push({ linger: 0 }));
  sender.connect(endpoint);
  for (const { frames } of zeromq.messages.filter((_, index) => index === 0 || index === 3)) {
    await sender.send([...frames]);
  }
  await expect.poll(() => gaps).toEqual([{ id, topic: 'PLJ', firstMissing: 2, lastMissing: 3 }]);
});

it('DL-10 fields bound to a task come to its records by a processor', async () => {
  const { zeromq } = await startServices({ zeromq: true });
  const task: Record<string, string> = {};
  const bind: LogRecordProcessor = {
    onEmit: (record) => void record.setAttributes(task),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const exporter = exporterTo(zeromq.endpoint);
  const provider = providerOf(bind, new BatchLogRecordProcessor({ exporter }));
  const logger = provider.getLogger('app');
  logger.emit({ body: 'before' });
  Object.assign(task, { order: '17', user: 'ann' });
  logger.emit({ body: 'in the task' });
  await provider.forceFlush();
  await expect.poll(() => bodiesOf(zeromq.decoded)).toEqual(['before', 'in the task']);
  expect(zeromq.decoded).toMatchObject([{}, { attributes: { order: '17', user: 'ann' } }]);
  expect(zeromq.decoded[0]).not.toHaveProperty('attributes.order');
});

it('DL-11 a receiver that is absent or full never blocks the app', async () => {
  const exporter = exporterTo(await unusedEndpoint(), {
    sendHighWaterMark: 1,
    sendTimeoutMillis: 5,
    lingerMillis: 0,
    shutdownTimeoutMillis: 50,
  });
  const { code } = await exported(exporter, numbered(5_000));
  expect(code).toBe(0);
  await expect.poll(() => exporter.stats().retried).toBeGreaterThan(0);
  await exporter.shutdown();
  expect(exporter.stats()).toMatchObject({ delivered: 0, dropped: { shut_down: 5_000 } });
});

it('DL-11 messages are encrypted with CURVE', async () => {
  const server = curveKeyPair();
  const client = curveKeyPair();
  const pulling = closing(
    new Pull({ linger: 0, curveServer: true, curveSecretKey: server.secretKey }),
  );
  await pulling.bind('tcp://127.0.0.1:*');
  const curve = {
    serverKey: server.publicKey,
    publicKey: client.publicKey,
    secretKey: client.secretKey,
  };
  await delivered(exporterTo(pulling.lastEndpoint ?? '', { curve }), recordsOf('secret'));
  const [, body] = await pulling.receive();
  expect(JSON.parse(String(body)).body).toBe('secret');
});

it('DL-12 the receiver binds PULL and reads each encoding by the letter of its topic', async () => {
  const received: unknown[] = [];
  const handle = ({ record, topic }: ReceivedLog): void => void received.push([topic, record.body]);
  const endpoint = await startReceiver({ handlers: [{ match: () => true, handle }] });
  for (const encoding of ['json', 'msgpack', 'distlog-json'] as const) {
    await delivered(exporterTo(endpoint, { encoding }), recordsOf(encoding));
  }
  await expect.poll(() => received.length).toBe(3);
  expect(received.toSorted()).toEqual([
    ['PLJ', 'distlog-json'],
    ['PLJ', 'json'],
    ['PLM', 'msgpack'],
  ]);
});

it('DL-13 plug-ins handle what they match', async () => {
  const errors: unknown[] = [];
  const all: unknown[] = [];
  const endpoint = await startReceiver({
    handlers: [
      {
        match: ({ record }) => (record.severityNumber ?? 0) >= 17,
        handle: ({ record }) => void errors.push(record.body),
      },
      {
        match: ({ topic }) => topic.startsWith('PL'),
        handle: ({ record }) => void all.push(record.body),
      },
    ],
  });
  const broken = createLogRecord({ body: 'broken', severityNumber: 17 });
  await delivered(exporterTo(endpoint), [...recordsOf('fine'), broken]);
  await expect.poll(() => all).toEqual(['fine', 'broken']);
  expect(errors).toEqual(['broken']);
});

it('DL-14 a load generator measures the throughput', async () => {
  const bench = new URL('../../bench/zeromq.ts', import.meta.url);
  const { code, output } = await runChild(bench, '--seconds', '0.02');
  expect(code).toBe(0);
  expect(output).toMatch(/\d+k records\/s/u);
});
