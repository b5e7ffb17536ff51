import { expect, it } from 'vitest';
import { Pull, Push } from 'zeromq';
import { startLocalServices } from '../../../src/testing/index.ts';
import { exportRecords } from '../../support/export-records.ts';
import { closing, createExporter, ipcEndpoint, logRecords, quick } from './support/zeromq-run.ts';

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
