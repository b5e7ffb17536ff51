import { expect, it } from 'vitest';
import { curveKeyPair, Publisher } from 'zeromq';
import { ZeroMqLogReceiver } from '../../../../src/destinations/zeromq/index.ts';
import { uidOf } from '../../../../src/testing/index.ts';
import { exportRecords } from '../../../support/export-records.ts';
import {
  closing,
  createExporter,
  ipcEndpoint,
  logRecords,
  quick,
  unusedEndpoint,
} from '../support/zeromq-run.ts';
import { collect } from './support/collect.ts';

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
