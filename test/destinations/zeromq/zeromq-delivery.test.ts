import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Pull, Subscriber } from 'zeromq';
import { createHostileLogRecords, startLocalServices, uidOf } from '../../../src/testing/index.ts';
import { droppedCountOf } from '../../support/accounts.ts';
import { exportRecords } from '../../support/export-records.ts';
import {
  closing,
  createExporter,
  ipcEndpoint,
  logRecords,
  quick,
  unusedEndpoint,
} from './support/zeromq-run.ts';

it('DL-1, DL-3: a PUSH socket connects and sends each record as two frames, topic and body', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({ ...quick, endpoint: services.zeromq.endpoint });
  const records = logRecords(1200);
  expect(await exportRecords(exporter, records)).toMatchObject({ code: 0 });
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.messages.length).toBe(1200);
  expect(new Set(services.zeromq.messages.map(({ frames }) => frames.length))).toEqual(
    new Set([2]),
  );
  expect(services.zeromq.decoded.map(uidOf)).toEqual(records.map(uidOf));
  expect(exporter.stats()).toMatchObject({ exported: 1200, delivered: 1200, inFlight: 0 });
});

it('DL-1: a PUSH socket binds and waits for the receiver to come', async () => {
  const endpoint = ipcEndpoint();
  const exporter = createExporter({ ...quick, endpoint, bind: true });
  await exportRecords(exporter, logRecords(3));
  await using services = await startLocalServices({ zeromq: { connect: endpoint } });
  await exporter.forceFlush();
  await services.startZeroMq();
  await expect.poll(() => services.zeromq.messages.length).toBe(3);
});

it.for([true, false])(
  'DL-1: a PUB socket sends to all that have subscribed (bind: %s)',
  async (bind) => {
    const endpoint = ipcEndpoint();
    const exporter = createExporter({ ...quick, endpoint, socketType: 'pub', bind });
    const all = closing(new Subscriber({ linger: 0 }));
    const others = closing(new Subscriber({ linger: 0 }));
    all.subscribe();
    others.subscribe('PPJ');
    for (const subscriber of [all, others]) {
      if (bind) subscriber.connect(endpoint);
    }
    if (!bind) await all.bind(endpoint);
    const received: string[] = [];
    void (async () => {
      for await (const [topic] of all) received.push(String(topic));
    })();
    await expect
      .poll(async () => {
        await exportRecords(exporter, logRecords(1));
        await exporter.forceFlush();
        return received.length;
      })
      .toBeGreaterThan(0);
    expect(new Set(received)).toEqual(new Set(['PLJ']));
    expect(others.readable).toBe(false);
  },
);

it('DL-1, DL-11: a PUB socket without subscribers delivers to nobody and never waits', async () => {
  const exporter = createExporter({
    ...quick,
    endpoint: ipcEndpoint(),
    socketType: 'pub',
    bind: true,
    sendHighWaterMark: 1,
  });
  await exportRecords(exporter, logRecords(100));
  await exporter.forceFlush();
  expect(exporter.stats()).toMatchObject({ delivered: 100, retried: 0, dropped: {} });
});

it('DL-11: hands nothing to ZeroMQ before a receiver is there, and everything when it comes', async () => {
  const endpoint = await unusedEndpoint();
  const exporter = createExporter({ ...quick, endpoint });
  const records = logRecords(2500);
  await exportRecords(exporter, records);
  await expect.poll(() => exporter.stats().requests).toBeGreaterThan(0);
  expect(exporter.stats()).toMatchObject({ delivered: 0, inFlight: 2500 });
  const receiver = closing(new Pull({ linger: 0 }));
  await receiver.bind(endpoint);
  const uids: unknown[] = [];
  void (async () => {
    for await (const [, body] of receiver) uids.push(uidOf(JSON.parse(String(body))));
  })();
  await exporter.forceFlush();
  await expect.poll(() => uids.length).toBe(2500);
  expect(uids).toEqual(records.map(uidOf));
});

it('DL-11: without a receiver records are dropped as timeout, counted and told', async () => {
  const drops: unknown[] = [];
  const exporter = createExporter({
    ...quick,
    endpoint: await unusedEndpoint(),
    timeoutMillis: 150,
    onDrop: (drop) => drops.push({ reason: drop.reason, target: drop.target }),
  });
  await exportRecords(exporter, logRecords(700));
  await exporter.forceFlush();
  expect(exporter.stats()).toMatchObject({ delivered: 0, dropped: { timeout: 700 }, inFlight: 0 });
  expect(drops).toContainEqual({ reason: 'timeout', target: 'PLJ' });
});

it('DL-11: with acknowledge delivered the callback fails when nobody takes the records', async () => {
  const exporter = createExporter({
    ...quick,
    endpoint: await unusedEndpoint(),
    acknowledge: 'delivered',
    timeoutMillis: 100,
    sendTimeoutMillis: 10,
  });
  const { code, error } = await exportRecords(exporter, logRecords(3));
  expect(code).toBe(1);
  expect(error?.name).toBe('LogExportError');
  expect(droppedCountOf(exporter.stats())).toBe(3);
});

it('DL-11: memory is bounded when nobody listens', async () => {
  const maxBufferedBytes = 200_000;
  const exporter = createExporter({ ...quick, endpoint: await unusedEndpoint(), maxBufferedBytes });
  for (let round = 0; round < 20; round += 1) {
    exporter.export(
      logRecords(100, () => 'x'.repeat(1000)),
      () => {},
    );
    await setImmediate();
  }
  expect(exporter.stats().dropped['buffer_full']).toBeGreaterThan(1500);
  expect(exporter.stats().bufferedBytes).toBeLessThan(maxBufferedBytes * 1.1);
  await exporter.shutdown();
  expect(droppedCountOf(exporter.stats())).toBe(2000);
});

it('DL-11: a receiver that stops reading holds up the records, which arrive once it reads on', async () => {
  await using services = await startLocalServices({ zeromq: { receiveHighWaterMark: 1 } });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    sendHighWaterMark: 5,
    sendTimeoutMillis: 20,
  });
  services.zeromq.pause();
  const records = logRecords(300, () => 'x'.repeat(50_000));
  await exportRecords(exporter, records);
  await expect.poll(() => exporter.stats().retried).toBeGreaterThan(0);
  expect(exporter.stats().inFlight).toBeGreaterThan(0);
  services.zeromq.resume();
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.messages.length).toBe(300);
  // In order, and every byte as it was: what ZeroMQ sends without a copy is never written again.
  expect(services.zeromq.decoded.map(uidOf)).toEqual(records.map(uidOf));
  expect(services.zeromq.decoded).toEqual(
    services.zeromq.decoded.map(() => expect.objectContaining({ body: 'x'.repeat(50_000) })),
  );
});

it('a receiver that dies and comes back gets what waits, nothing twice', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({ ...quick, endpoint: services.zeromq.endpoint });
  const before = logRecords(20);
  await exportRecords(exporter, before);
  await exporter.forceFlush();
  await expect.poll(() => services.zeromq.messages.length).toBe(20);
  await services.zeromq.stop();
  const after = logRecords(2000);
  await expect
    .poll(async () => {
      await exportRecords(exporter, after.splice(0, 1));
      return exporter.stats().inFlight;
    })
    .toBeGreaterThan(0);
  await exportRecords(exporter, after);
  await services.startZeroMq();
  await exporter.forceFlush();
  expect(exporter.stats()).toMatchObject({ dropped: {}, inFlight: 0 });
  await expect
    .poll(() => new Set(services.zeromq.decoded.map(uidOf)).has(uidOf(after.at(-1))))
    .toBe(true);
  const uids = services.zeromq.decoded.map(uidOf);
  expect(new Set(uids).size).toBe(uids.length);
  expect(uids).toEqual(expect.arrayContaining(after.map(uidOf)));
});

it('an address that is taken is tried again until it is free', async () => {
  const endpoint = await unusedEndpoint();
  const other = closing(new Pull({ linger: 0 }));
  await other.bind(endpoint);
  const exporter = createExporter({ ...quick, endpoint, bind: true });
  await exportRecords(exporter, logRecords(1));
  await expect.poll(() => exporter.stats().retried).toBeGreaterThan(0);
  await other.unbind(endpoint);
  const receiver = closing(new Pull({ linger: 0 }));
  receiver.connect(endpoint);
  const [topic] = await receiver.receive();
  expect(String(topic)).toBe('PLJ');
});

it('an address that ZeroMQ does not know is told and not tried again', async () => {
  const exporter = createExporter({
    ...quick,
    endpoint: 'norm://127.0.0.1:5000',
    acknowledge: 'delivered',
  });
  const { code } = await exportRecords(exporter, logRecords(1));
  expect(code).toBe(1);
  expect(exporter.stats()).toMatchObject({ dropped: { rejected: 1 }, requests: 1 });
});

it('hostile records arrive as valid JSON beside their neighbours', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({ ...quick, endpoint: services.zeromq.endpoint });
  const records = createHostileLogRecords(3, 200).flatMap((record) => [record, ...logRecords(1)]);
  await exportRecords(exporter, records);
  await exporter.forceFlush();
  const { delivered } = exporter.stats();
  expect(delivered + droppedCountOf(exporter.stats())).toBe(records.length);
  await expect.poll(() => services.zeromq.messages.length).toBe(delivered);
  expect(services.zeromq.decoded.filter((record) => typeof record !== 'object')).toEqual([]);
});
