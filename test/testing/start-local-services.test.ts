import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { expect, it, onTestFinished } from 'vitest';
import { type LocalServices, startLocalServices } from '../../src/testing/index.ts';
import { refusalOf } from './refusal-of.ts';

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

/** False when somebody has the port; else it is held until `close`. */
async function listen(server: Server, port: number): Promise<boolean> {
  server.listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    () => true,
    () => false,
  );
}

/** Below those that the system gives to whoever asks for any: no other test has it in between. */
async function freePort(): Promise<number> {
  const port = randomInt(20_000, 32_000);
  const server = createServer();
  const isFree = await listen(server, port);
  server.close();
  return isFree ? port : freePort();
}

it('leaves no port taken when one of its three is', async () => {
  const [first, second] = [createServer(), createServer()];
  onTestFinished(() => [first, second].forEach((server) => void server.close()));
  const port = await freePort();
  await listen(second, port + 1);
  await expect(startLocalServices({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(await listen(first, port)).toBe(true);
});
