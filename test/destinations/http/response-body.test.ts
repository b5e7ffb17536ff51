import type { ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { discardBody, readBody } from '../../../src/destinations/http/response-body.ts';
import { LoopbackServer } from '../../../src/testing/loopback-server.ts';

type Answer = (response: ServerResponse) => void;
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const close of closers.splice(0)) await close();
});

/** The answer of a server to one request, whose body has only just begun. */
async function answerOf(answer: Answer) {
  let isConnected = (): boolean => false;
  const server = new LoopbackServer(({ socket }, response) => {
    isConnected = () => !socket.destroyed;
    answer(response);
  });
  await server.start();
  const agent = new Agent();
  closers.push(async () => {
    await agent.destroy();
    await server.stop();
  });
  const { body } = await agent.request({ origin: server.url, path: '/', method: 'GET' });
  return { body, isConnected };
}

const hangs: Answer = (response) => void response.writeHead(200).write('begun');
const ends: Answer = (response) => void response.end('all of it');
const isEndless: Answer = (response) => {
  const piece = Buffer.alloc(16_384, 'x');
  const write = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', write);
  write();
};

describe.each([
  ['an answer that nobody needs', discardBody],
  ['an answer that is read', readBody],
] as const)('%s', (_name, end) => {
  it('is cut when it does not end in time, with its connection', async () => {
    const { body, isConnected } = await answerOf(hangs);
    expect(await end(body, 50)).toBeUndefined();
    expect(body.destroyed).toBe(true);
    await expect.poll(isConnected).toBe(false);
  });

  it('is cut when it never ends', async () => {
    const { body, isConnected } = await answerOf(isEndless);
    await end(body, 60_000);
    expect(body.destroyed).toBe(true);
    await expect.poll(isConnected).toBe(false);
  });

  it('leaves no timer behind', async () => {
    const { body } = await answerOf(ends);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await end(body, 60_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not keep the process alive while it is waited for', async () => {
    const { body } = await answerOf(hangs);
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const ended = end(body, 60_000);
    expect(timers()).toBe(before);
    body.destroy();
    await ended;
  });

  it('is no trouble when the connection is lost in the middle of it', async () => {
    const { body } = await answerOf((response) => {
      hangs(response);
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
    });
    expect(await end(body, 60_000)).toBeUndefined();
  });
});

it('an answer that nobody needs leaves its connection to the next request', async () => {
  const { body, isConnected } = await answerOf(ends);
  await discardBody(body);
  expect(isConnected()).toBe(true);
});
