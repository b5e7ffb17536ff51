import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { expect, it, onTestFinished } from 'vitest';
import { type LocalServices, startLocalServices } from '../../src/testing/index.ts';
import { freePort, listenAt } from '../support/free-port.ts';
import { refusalOf } from './support/refusal-of.ts';

function put(services: LocalServices): Promise<unknown> {
  const client = new FirehoseClient({ ...services.clientConfig, maxAttempts: 1 });
  const Records = [{ Data: Buffer.from('x') }];
  return client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'logs', Records }));
}

it('gives the clients an address on loopback, a region and credentials', async () => {
  await using services = await startLocalServices({ region: 'eu-central-1' });
  expect(services.clientConfig).toEqual({
    endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    region: 'eu-central-1',
    credentials: { accessKeyId: expect.any(String), secretAccessKey: expect.any(String) },
  });
  await put(services);
});

it('runs twice side by side without sharing anything', async () => {
  await using first = await startLocalServices();
  await using second = await startLocalServices();
  await put(first);
  expect([first.firehose.recordCount, second.firehose.recordCount]).toEqual([1, 0]);
});

it('records each request', async () => {
  await using services = await startLocalServices({ now: () => 7 });
  await put(services);
  expect(services.requests).toEqual([
    {
      service: 'firehose',
      operation: 'PutRecordBatch',
      target: 'logs',
      bytes: expect.any(Number),
      entries: 1,
      status: 200,
      receivedAtMillis: 7,
    },
  ]);
});

it('is away while paused and back on the same ports with all it had', async () => {
  await using services = await startLocalServices();
  await put(services);
  await services.pause();
  expect((await refusalOf(put(services))).message).toContain('ECONNREFUSED');
  await expect(fetch(services.http.url)).rejects.toThrow('fetch failed');
  await services.resume();
  await put(services);
  expect((await fetch(services.http.url)).status).toBe(200);
  expect(services.firehose.recordCount).toBe(2);
});

it('closes more than once, by any of its names', async () => {
  const services = await startLocalServices({ zeromq: true });
  await Promise.all([services.close(), services.stop()]);
  await services[Symbol.asyncDispose]();
  expect((await refusalOf(put(services))).message).toContain('ECONNREFUSED');
});

it('closes while answers are still waiting', async () => {
  const services = await startLocalServices({ latencyMillis: 60_000 });
  const call = refusalOf(put(services));
  await expect.poll(() => services.requests.length).toBe(1);
  await services.close();
  expect((await call).message).toMatch(/ECONNRESET|hang up/);
});

it('leaves no port taken when one of its three is', async () => {
  const port = await freePort();
  const second = await listenAt(port + 1);
  onTestFinished(() => void second.server.close());
  await expect(startLocalServices({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const first = await listenAt(port);
  first.server.close();
});
