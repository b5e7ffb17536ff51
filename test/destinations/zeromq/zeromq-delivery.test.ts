import { setImmediate } from 'node:timers/promises';
import { diag } from '@opentelemetry/api';
import { expect, it, onTestFinished, vi } from 'vitest';
import { curveKeyPair, Pull, Push, Subscriber } from 'zeromq';
import { createHostileLogRecords, startLocalServices, uidOf } from '../../../src/testing/index.ts';
import {
  closing,
  createExporter,
  droppedCount,
  exportRecords,
  ipcEndpoint,
  logRecords,
  quick,
  unusedEndpoint,
} from './support.ts';

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

it('DL-2: sends through a given socket, whose time limit it leaves and which it never closes', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const socket = closing(new Push({ linger: 0, sendTimeout: 1234 }));
  socket.connect(services.zeromq.endpoint);
  const exporter = createExporter({ ...quick, socket });
  await exportRecords(exporter, logRecords(10));
  await exporter.shutdown();
  expect(socket.closed).toBe(false);
  expect(socket.sendTimeout).toBe(1234);
  await socket.send('mine');
  await expect.poll(() => services.zeromq.messages.length).toBe(11);
});

it('DL-2: a send of the application that waits on the same socket goes first and is never hindered', async () => {
  const endpoint = ipcEndpoint();
  const socket = closing(new Push({ linger: 0 }));
  await socket.bind(endpoint);
  const own = socket.send('mine');
  const exporter = createExporter({ ...quick, socket, sendTimeoutMillis: 5 });
  await exportRecords(exporter, logRecords(5));
  await expect.poll(() => exporter.stats().retried).toBeGreaterThan(20);
  const receiver = closing(new Pull({ linger: 0 }));
  receiver.connect(endpoint);
  const received: string[] = [];
  void (async () => {
    for await (const frames of receiver) received.push(String(frames[0]));
  })();
  await own;
  await exporter.forceFlush();
  await expect.poll(() => received).toEqual(['mine', 'PLJ', 'PLJ', 'PLJ', 'PLJ', 'PLJ']);
});

it('DL-2: the time limit of a given socket stays as it is while the application waits for room', async () => {
  const socket = closing(new Push({ linger: 0, sendTimeout: 60_000 }));
  await socket.bind(ipcEndpoint());
  const own = socket.send('mine');
  own.catch(() => {});
  const exporter = createExporter({ ...quick, socket, sendTimeoutMillis: 5 });
  await exportRecords(exporter, logRecords(5));
  await expect.poll(() => exporter.stats().retried).toBeGreaterThan(5);
  expect(socket.sendTimeout).toBe(60_000);
});

it('DL-2: records of a given socket that is closed are dropped as rejected', async () => {
  const socket = new Push({ linger: 0 });
  socket.close();
  const exporter = createExporter({ ...quick, socket, acknowledge: 'delivered' });
  const { code } = await exportRecords(exporter, logRecords(2));
  expect(code).toBe(1);
  expect(exporter.stats().dropped).toEqual({ rejected: 2 });
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
  expect(droppedCount(exporter)).toBe(3);
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
  expect(droppedCount(exporter)).toBe(2000);
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

it('DL-11: CURVE: records reach a receiver with the right keys', async () => {
  const server = curveKeyPair();
  const client = curveKeyPair();
  const receiver = closing(
    new Pull({ linger: 0, curveServer: true, curveSecretKey: server.secretKey }),
  );
  await receiver.bind('tcp://127.0.0.1:*');
  const exporter = createExporter({
    ...quick,
    endpoint: receiver.lastEndpoint ?? '',
    curve: { serverKey: server.publicKey, ...client },
  });
  await exportRecords(exporter, logRecords(1));
  const [topic] = await receiver.receive();
  expect(String(topic)).toBe('PLJ');
});

it('DL-11: CURVE: the exporter that binds is the server', async () => {
  const server = curveKeyPair();
  const client = curveKeyPair();
  const endpoint = ipcEndpoint();
  const exporter = createExporter({ ...quick, endpoint, bind: true, curve: server });
  await exportRecords(exporter, logRecords(1));
  const receiver = closing(
    new Pull({
      linger: 0,
      curveServerKey: server.publicKey,
      curvePublicKey: client.publicKey,
      curveSecretKey: client.secretKey,
    }),
  );
  receiver.connect(endpoint);
  const [topic] = await receiver.receive();
  expect(String(topic)).toBe('PLJ');
});

it('DL-11: CURVE: nothing is handed over to a receiver with other keys or none', async () => {
  await using services = await startLocalServices({ zeromq: true });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    curve: { serverKey: curveKeyPair().publicKey, ...curveKeyPair() },
    timeoutMillis: 200,
  });
  await exportRecords(exporter, logRecords(4));
  await exporter.forceFlush();
  expect(exporter.stats()).toMatchObject({ delivered: 0, dropped: { timeout: 4 } });
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
  expect(delivered + droppedCount(exporter)).toBe(records.length);
  await expect.poll(() => services.zeromq.messages.length).toBe(delivered);
  expect(services.zeromq.decoded.filter((record) => typeof record !== 'object')).toEqual([]);
});

it('shutdown waits for what ZeroMQ holds while a receiver takes it', async () => {
  await using services = await startLocalServices({ zeromq: { receiveHighWaterMark: 1 } });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    lingerMillis: 5000,
  });
  await exportRecords(
    exporter,
    logRecords(300, () => 'x'.repeat(50_000)),
  );
  await exporter.shutdown();
  expect(exporter.stats()).toMatchObject({ delivered: 300, dropped: {} });
  await expect.poll(() => services.zeromq.messages.length).toBe(300);
});

it('shutdown gives up what no receiver takes within lingerMillis', async () => {
  await using services = await startLocalServices({ zeromq: { receiveHighWaterMark: 1 } });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    lingerMillis: 100,
  });
  services.zeromq.pause();
  await exportRecords(
    exporter,
    logRecords(300, () => 'x'.repeat(50_000)),
  );
  await exporter.forceFlush();
  const start = performance.now();
  await exporter.shutdown();
  expect(performance.now() - start).toBeLessThan(3000);
  services.zeromq.resume();
});

it('shutdown with no linger time says nothing of messages that were not taken', async () => {
  const told = vi.spyOn(diag, 'warn').mockImplementation(() => {});
  onTestFinished(() => told.mockRestore());
  await using services = await startLocalServices({ zeromq: true });
  const { endpoint } = services.zeromq;
  const exporter = createExporter({ ...quick, endpoint, lingerMillis: 0 });
  await exportRecords(exporter, logRecords(1));
  await expect.poll(() => services.zeromq.messages.length).toBe(1);
  await exporter.shutdown();
  expect(told).not.toHaveBeenCalled();
});
