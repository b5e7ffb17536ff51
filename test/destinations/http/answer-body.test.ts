import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { AnswerBody } from '../../../src/destinations/http/answer-body.ts';
import { HTTP_LIMITS } from '../../../src/destinations/http/http-limits.ts';
import { systemRuntime } from '../../../src/exporter/runtime.ts';
import type { Clock } from '../../../src/send/clock.ts';
import { FakeRuntime } from '../../support/fake-runtime.ts';
import { ask } from './support/ask.ts';

type OnBytes = (socket: Socket) => void;

const LIMIT_MILLIS = 61_234;
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

const hangs: OnBytes = (socket) => void socket.write(`${CHUNKED}5\r\nbegun\r\n`);
const ends: OnBytes = (socket) => void socket.write(withLength('all of it'));
const isEndless: OnBytes = (socket) => {
  const piece = `2710\r\n${'x'.repeat(10_000)}\r\n`;
  const write = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', write).write(CHUNKED);
  write();
};

function withLength(text: string): string {
  return `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** The answer to a request, whose body has only just begun. */
async function answerOf(onBytes: OnBytes, clock?: Clock) {
  const runtime = new FakeRuntime();
  const asked = await ask(onBytes, {}, { clock: clock ?? runtime });
  const { body } = await asked.answer;
  const isConnected = (): boolean => asked.server.sockets[0]?.destroyed === false;
  return { ...asked, body, isConnected, runtime };
}

describe.each([
  ['that nobody needs', (body: AnswerBody, millis: number) => body.discard(millis)],
  ['that is read', (body: AnswerBody, millis: number) => body.read(millis)],
] as const)('an answer %s', (_name, end) => {
  it('is cut when it does not end in time, with its connection', async () => {
    const { body, isConnected, listeners, runtime } = await answerOf(hangs);
    const ended = end(body, LIMIT_MILLIS);
    await runtime.advance(LIMIT_MILLIS - 1);
    expect(isConnected()).toBe(true);
    await runtime.advance(1);
    expect(await ended).toBeUndefined();
    expect(listeners()).toBe(0);
    await expect.poll(isConnected).toBe(false);
  });

  it('is cut when it never ends', async () => {
    const { body, isConnected, listeners } = await answerOf(isEndless);
    await end(body, LIMIT_MILLIS);
    expect(listeners()).toBe(0);
    await expect.poll(isConnected).toBe(false);
  });

  it('starts no timer when it came with its headers', async () => {
    const { body, runtime } = await answerOf(ends);
    const ended = end(body, LIMIT_MILLIS);
    expect(runtime.pendingTimers).toEqual([]);
    await ended;
  });

  it('leaves no timer behind when it ends later', async () => {
    const { body, runtime, server } = await answerOf(hangs);
    const ended = end(body, LIMIT_MILLIS);
    expect(runtime.pendingTimers).toEqual([LIMIT_MILLIS]);
    server.sockets[0]?.write('0\r\n\r\n');
    await ended;
    expect(runtime.pendingTimers).toEqual([]);
  });

  it('does not keep the process alive while it is waited for', async () => {
    const { abort, body } = await answerOf(hangs, systemRuntime);
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const ended = end(body, LIMIT_MILLIS);
    expect(timers()).toBe(before);
    abort.abort();
    await ended;
  });

  it('is no trouble when the connection is lost in the middle of it', async () => {
    const { body, listeners, server } = await answerOf(hangs);
    const ended = end(body, LIMIT_MILLIS);
    server.sockets[0]?.resetAndDestroy();
    expect(await ended).toBeUndefined();
    expect(listeners()).toBe(0);
  });

  it('is cut when its request is aborted', async () => {
    const { abort, body, isConnected, listeners } = await answerOf(hangs);
    const ended = end(body, LIMIT_MILLIS);
    abort.abort();
    expect(await ended).toBeUndefined();
    expect(listeners()).toBe(0);
    await expect.poll(isConnected).toBe(false);
  });

  it.each([
    ['in one piece', ends],
    ['with chunks that come one by one', chunkByChunk],
  ])('leaves its connection to the next request when it came %s', async (_, onBytes) => {
    const { again, body, listeners, server } = await answerOf(onBytes);
    await end(body, LIMIT_MILLIS);
    expect(listeners()).toBe(0);
    await (await again()).body.discard();
    expect(server.sockets).toHaveLength(1);
  });
});

function chunkByChunk(socket: Socket): void {
  // In the middle of a character.
  const [first, second] = ['6\r\nthanks\r\n1\r\n\xc3\r\n', '1\r\n\xb6\r\n0\r\n\r\n'];
  socket.write(`${CHUNKED}${first}`, 'latin1');
  setTimeout(() => socket.write(second, 'latin1'), 20);
}

describe('an answer that nobody needs', () => {
  const long = 'x'.repeat(HTTP_LIMITS.maxIgnoredAnswerBytes);

  it('is let come up to its limit', async () => {
    const { again, body, server } = await answerOf((socket) => void socket.write(withLength(long)));
    await body.discard();
    await (await again()).body.discard();
    expect(server.sockets).toHaveLength(1);
  });

  it('is cut when it is longer, and its connection is not used again', async () => {
    const used: Socket[] = [];
    const { again, body, isConnected } = await answerOf((socket) => {
      used.push(socket);
      socket.write(withLength(`${long}x`));
    });
    await body.discard();
    await expect.poll(isConnected).toBe(false);
    await (await again()).body.discard();
    expect(used).toHaveLength(2);
    expect(used[1]).not.toBe(used[0]);
  });
});

describe('an answer that is read', () => {
  it('is the text that came with the headers', async () => {
    expect(await (await answerOf(ends)).body.read()).toBe('all of it');
  });

  it('is the text of all chunks', async () => {
    expect(await (await answerOf(chunkByChunk)).body.read()).toBe('thanksö');
  });

  it('is empty when there is none', async () => {
    const { body } = await answerOf(
      (socket) => void socket.write('HTTP/1.1 204 No Content\r\n\r\n'),
    );
    expect(await body.read()).toBe('');
  });

  it('is at most a mebibyte of an endless one', async () => {
    const text = await (await answerOf(isEndless)).body.read();
    expect(text).toBe('x'.repeat(HTTP_LIMITS.maxAnswerBytes));
  });

  it('is not waited for beyond a mebibyte', async () => {
    const bytes = HTTP_LIMITS.maxAnswerBytes;
    const { body } = await answerOf(
      (socket) => void socket.write(`${CHUNKED}${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n`),
    );
    expect(await body.read()).toHaveLength(bytes);
  });
});
