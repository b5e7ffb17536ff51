import { expect, it, onTestFinished } from 'vitest';
import { LoopbackServer } from '../../src/testing/loopback-server.ts';
import { type ReservedPort, reservePort } from '../../src/testing/reserved-port.ts';

const LOWEST_EPHEMERAL_PORT = 32_768;

const server = async (port?: number): Promise<LoopbackServer> => {
  const started = new LoopbackServer((_request, response) => response.end('here'), port);
  await started.start();
  onTestFinished(() => started.close());
  return started;
};

const portOf = ({ url }: LoopbackServer): number => Number(new URL(url).port);

it('has a port that no other process is given while it is away', async () => {
  expect(portOf(await server())).toBeLessThan(LOWEST_EPHEMERAL_PORT);
});

it('keeps its port from other local services until it is closed', async () => {
  const local = await server();
  const reserve = async (): Promise<ReservedPort | undefined> => {
    const reserved = await reservePort(() => portOf(local));
    await reserved?.release();
    return reserved;
  };
  await local.stop();
  expect(await reserve()).toBeUndefined();
  await local.close();
  expect((await reserve())?.port).toBe(portOf(local));
});

it('starts when it is asked again after its port was taken', async () => {
  const first = await server();
  const second = new LoopbackServer((_request, response) => response.end('second'), portOf(first));
  onTestFinished(() => second.close());
  await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.stop();
  await second.start();
  expect(second.url).toBe(first.url);
  await expect(fetch(second.url).then((answer) => answer.text())).resolves.toBe('second');
});

it('comes back on the same port', async () => {
  const local = await server();
  const { url } = local;
  await local.stop();
  await expect(fetch(url)).rejects.toThrow();
  await local.start();
  expect(local.url).toBe(url);
  await expect(fetch(url).then((answer) => answer.text())).resolves.toBe('here');
});

it('does not start on a port that is taken', async () => {
  const taken = portOf(await server());
  await expect(server(taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
