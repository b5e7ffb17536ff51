import { expect, it, onTestFinished } from 'vitest';
import { LoopbackServer } from '../../src/testing/loopback-server.ts';

const LOWEST_EPHEMERAL_PORT = 32_768;

const server = async (port?: number): Promise<LoopbackServer> => {
  const started = new LoopbackServer((_request, response) => response.end('here'), port);
  await started.start();
  onTestFinished(() => started.stop());
  return started;
};

const portOf = ({ url }: LoopbackServer): number => Number(new URL(url).port);

it('has a port that no other process is given while it is away', async () => {
  expect(portOf(await server())).toBeLessThan(LOWEST_EPHEMERAL_PORT);
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
