import { afterEach, expect, it } from 'vitest';
import { startLocalServices } from '../../src/testing/index.ts';
import { type ReservedPort, reservePort } from '../../src/testing/reserved-port.ts';

const held: (ReservedPort | undefined)[] = [];
afterEach(() => Promise.all(held.splice(0).map((one) => one?.release())));

const reserve = async (...ports: readonly number[]): Promise<ReservedPort | undefined> => {
  const left = [...ports];
  const reserved = await reservePort(() => left.shift() ?? ports[0] ?? 0);
  held.push(reserved);
  return reserved;
};

async function freePort(): Promise<number> {
  const reserved = await reservePort();
  await reserved?.release();
  return reserved?.port ?? 0;
}

it('a port that nobody listens on is not given twice', async () => {
  const [first, second] = [await freePort(), await freePort()];
  expect((await reserve(first))?.port).toBe(first);
  expect((await reserve(first, second))?.port).toBe(second);
});

it('a port that was given back is given again', async () => {
  const port = await freePort();
  const first = await reservePort(() => port);
  await first?.release();
  expect((await reserve(port))?.port).toBe(port);
});

it('answers none when there is none', async () => {
  const port = await freePort();
  await reserve(port);
  expect(await reserve(port)).toBeUndefined();
});

it('the ports of local services are given again when those are closed', async () => {
  const services = await startLocalServices();
  const ports = [services.clientConfig.endpoint, services.http.url].map((url) =>
    Number(new URL(url).port),
  );
  await services.pause();
  for (const port of ports) expect(await reserve(port)).toBeUndefined();
  await services.close();
  for (const port of ports) expect((await reserve(port))?.port).toBe(port);
});
