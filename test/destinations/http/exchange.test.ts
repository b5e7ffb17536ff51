import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { exchange, type RequestDispatcher } from '../../../src/destinations/http/exchange.ts';
import { ask } from './support/ask.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
/** More than a socket and the system take of a request that nobody reads. */
const LONG_BODY = Buffer.alloc(7 * 1024 * 1024, 'x');

const never = (): void => {};

describe('a request', () => {
  it('is answered when the headers are there, before the body ends', async () => {
    const { answer, listeners } = await ask((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n');
    });
    expect(await answer).toMatchObject({ statusCode: 200 });
    expect(listeners()).toBe(1);
  });

  it('leaves aside what comes before its answer, such as early hints', async () => {
    const { answer, listeners } = await ask((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nx-a: early\r\n\r\n');
      setTimeout(() => socket.write(OK), 20);
    });
    const { body, headers, statusCode } = await answer;
    expect(statusCode).toBe(200);
    expect(headers.valuesOf('x-a')).toEqual([]);
    expect(await body.read()).toBe('ok');
    expect(listeners()).toBe(0);
  });

  it('fails with an upgrade that nobody asked for', async () => {
    const { answer, listeners } = await ask((socket) => {
      const head = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: chat\r\n';
      socket.write(`${head}\r\n`);
    });
    await expect(answer).rejects.toMatchObject({ message: 'bad upgrade' });
    expect(listeners()).toBe(0);
  });

  it('fails when the connection is reset before its answer', async () => {
    const { answer, listeners } = await ask((socket) => socket.resetAndDestroy());
    await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(listeners()).toBe(0);
  });

  it('has its answer although the server resets before it read the whole body', async () => {
    const { answer, listeners } = await ask(
      (socket) => {
        socket.pause();
        socket.write(OK, () => setTimeout(() => socket.resetAndDestroy(), 20));
      },
      { method: 'POST', body: LONG_BODY },
    );
    const { body, statusCode } = await answer;
    expect(statusCode).toBe(200);
    expect(await body.read()).toBe('ok');
    expect(listeners()).toBe(0);
  });

  it.each([
    ['a header', { headers: { 'x-a': 'a\nb' } }, 'invalid x-a header'],
    ['a path', { path: 'no path' }, 'path must be an absolute URL or start with a slash'],
  ])('fails, and does not throw, with %s that undici refuses', async (_, request, message) => {
    const { answer, listeners } = await ask(never, request);
    await expect(answer).rejects.toMatchObject({ message });
    expect(listeners()).toBe(0);
  });
});

describe('the abort of a request', () => {
  const reason = new Error('Enough');

  it('counts before it is made', async () => {
    const abort = new AbortController();
    abort.abort(reason);
    const { answer, listeners } = await ask(never, {}, { abort });
    await expect(answer).rejects.toBe(reason);
    expect(listeners()).toBe(0);
  });

  it('counts before it is connected', async () => {
    const heard: Buffer[] = [];
    const { abort, answer, listeners } = await ask((_, bytes) => heard.push(bytes));
    abort.abort(reason);
    await expect(answer).rejects.toBe(reason);
    expect(listeners()).toBe(0);
    expect(heard).toEqual([]);
  });

  it('counts while its body is sent', async () => {
    const { abort, answer, listeners, server } = await ask(
      (socket) => {
        if (!abort.signal.aborted) socket.pause();
        abort.abort(reason);
      },
      { method: 'POST', body: LONG_BODY },
    );
    await expect(answer).rejects.toBe(reason);
    expect(listeners()).toBe(0);
    server.sockets[0]?.resume();
    await expect.poll(() => server.sockets[0]?.destroyed).toBe(true);
  });

  it('counts while its answer is waited for', async () => {
    const { abort, answer, listeners, server } = await ask(() => abort.abort(reason));
    await expect(answer).rejects.toBe(reason);
    expect(listeners()).toBe(0);
    await expect.poll(() => server.sockets[0]?.destroyed).toBe(true);
  });

  it('has an error also when its reason is none', async () => {
    const { abort, answer } = await ask(() => abort.abort('enough'));
    await expect(answer).rejects.toThrow('The request was aborted');
  });
});

/** Answers with a body that never comes, and does not tell of the end of a request that is aborted. */
const silentAfter = (statusCode: number): RequestDispatcher => ({
  dispatch(_, handler) {
    handler.onConnect(never);
    handler.onHeaders(statusCode, []);
  },
});

describe('a dispatcher', () => {
  const request = { path: '/', method: 'GET', signal: new AbortController().signal } as const;

  it('that throws makes its request fail', async () => {
    const error = new Error('No such mock');
    const dispatcher: RequestDispatcher = {
      dispatch() {
        throw error;
      },
    };
    const { signal } = new AbortController();
    await expect(exchange(dispatcher, { ...request, signal })).rejects.toBe(error);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('that ends a request without an answer makes it fail', async () => {
    const dispatcher: RequestDispatcher = { dispatch: (_, handler) => handler.onComplete() };
    await expect(exchange(dispatcher, request)).rejects.toThrow('ended without an answer');
  });

  it('that says nothing more after an abort leaves nobody waiting', async () => {
    const abort = new AbortController();
    const { body } = await exchange(silentAfter(200), { ...request, signal: abort.signal });
    const text = body.read(600_000);
    abort.abort();
    expect(await text).toBeUndefined();
  });

  it('that says nothing more after a cut leaves nothing behind', async () => {
    const { signal } = new AbortController();
    const { body } = await exchange(silentAfter(200), { ...request, signal });
    await body.discard(20);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('is never told to pause', async () => {
    const told: boolean[] = [];
    const dispatcher: RequestDispatcher = {
      dispatch(_, handler) {
        told.push(handler.onHeaders(200, []));
        for (let piece = 0; piece < 100; piece += 1)
          told.push(handler.onData(Buffer.alloc(65_536)));
        handler.onComplete();
      },
    };
    await exchange(dispatcher, request);
    expect(new Set(told)).toEqual(new Set([true]));
  });
});
