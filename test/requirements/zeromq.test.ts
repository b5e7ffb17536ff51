// What `distlog` and `distlogd`, Python logging over ZeroMQ, did: rows DL-1 to DL-14 of docs/requirements.md, without those of messages.

import { createLogRecord } from 'collectorless/testing';
import { type ReceivedLog, ZeroMqLogRecordExporter } from 'collectorless/zeromq';
import { expect, it } from 'vitest';
import { Context, curveKeyPair, Pull, Push, Subscriber } from 'zeromq';
import { runChild } from '../destinations/zeromq/children/run-child.ts';
import { ipcEndpoint, unusedEndpoint } from '../destinations/zeromq/support/zeromq-run.ts';
import { exportRecords } from '../support/export-records.ts';
import {
  bodiesOf,
  delivered,
  ending,
  numbered,
  quick,
  recordsOf,
  startServices,
} from './support/requirement-run.ts';
import { closing, exporterTo, startReceiver } from './support/to-zeromq.ts';

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

it('DL-11 a receiver that is absent or full never blocks the app', async () => {
  const exporter = exporterTo(await unusedEndpoint(), {
    sendHighWaterMark: 1,
    sendTimeoutMillis: 5,
    lingerMillis: 0,
    shutdownTimeoutMillis: 50,
  });
  const { code } = await exportRecords(exporter, numbered(5_000));
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
