import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exchange } from '../../../src/destinations/http/exchange.ts';
import { LazyDispatcher } from '../../../src/destinations/http/lazy-dispatcher.ts';

/** More than a socket and the system take of a request that nobody reads. */
const BODY_BYTES = 7 * 1024 * 1024;
const { signal } = new AbortController();

const readThenAnswer: RequestListener = (request, response) => {
  request.resume().on('end', () => response.end('ok'));
};

/** Sends a body and tells whether its memory may be used again after the last answer. */
async function isFreeAfter(
  listener: RequestListener,
  { dispatcher = new LazyDispatcher(undefined), times = 1 } = {},
): Promise<boolean> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const body = Buffer.allocUnsafeSlow(BODY_BYTES);
  const client = await dispatcher.get();
  try {
    for (let sent = 0; sent < times; sent += 1) {
      const { body: answer } = await exchange(client, {
        origin: `http://127.0.0.1:${port}`,
        path: '/',
        method: 'POST',
        body,
        signal,
      });
      void answer.discard();
    }
    return dispatcher.hasSent(body);
  } finally {
    await dispatcher.close();
    server.closeAllConnections();
    server.close();
  }
}

describe('the memory of a body', () => {
  it('is free when the request was answered and has left', async () => {
    expect(await isFreeAfter(readThenAnswer)).toBe(true);
  });

  it('is not free while the request is on its way, answered or not', async () => {
    const isFree = await isFreeAfter((request, response) => {
      request.pause();
      response.end('ok');
    });
    expect(isFree).toBe(false);
  });

  it('is not free when it was sent more than once, as after a redirect', async () => {
    expect(await isFreeAfter(readThenAnswer, { times: 2 })).toBe(false);
  });

  it('is told from that of others which lie in the same piece', async () => {
    const dispatcher = new LazyDispatcher(undefined);
    const pieces = Buffer.allocUnsafeSlow(200);
    const server = createServer(readThenAnswer);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const client = await dispatcher.get();
    const bodies = [pieces.subarray(0, 100), pieces.subarray(100)];
    for (const body of bodies) {
      const origin = `http://127.0.0.1:${port}`;
      const request = { origin, path: '/', method: 'POST', body, signal };
      const { body: answer } = await exchange(client, request);
      await answer.discard();
    }
    expect(bodies.map((body) => dispatcher.hasSent(body))).toEqual([true, true]);
    await dispatcher.close();
    server.close();
  });

  it("is never free after a user's dispatcher had it, which may keep it", async () => {
    const agent = new Agent();
    onTestFinished(() => agent.destroy());
    const dispatcher = new LazyDispatcher(agent);
    expect(await isFreeAfter(readThenAnswer, { dispatcher })).toBe(false);
  });
});
