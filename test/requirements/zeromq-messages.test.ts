// What `distlog` and `distlogd`, Python logging over ZeroMQ, put into a message: rows DL-4 to DL-10 of docs/requirements.md.
import { BatchLogRecordProcessor, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { createLogRecord, createResource } from 'collectorless/testing';
import type { ReceivedLog, SequenceGap } from 'collectorless/zeromq';
import { expect, it } from 'vitest';
import { Push } from 'zeromq';
import {
  bodiesOf,
  delivered,
  numbered,
  providerOf,
  recordsOf,
  startServices,
} from './support/requirement-run.ts';
import { closing, exporterTo, type Options, startReceiver, topicsOf } from './support/to-zeromq.ts';

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
