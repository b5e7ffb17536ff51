import { getEventListeners } from 'node:events';
import { Agent, type Dispatcher, interceptors, MockAgent, RetryAgent } from 'undici';
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import { exchange } from '../../../src/destinations/http/exchange.ts';
import { foreignDispatcher } from '../../../src/destinations/http/foreign-dispatcher.ts';
import type { UndiciDispatcher } from '../../../src/destinations/http/http-log-record-exporter-options.ts';
import type { HttpAnswer } from '../../../src/destinations/http/partial-acceptance.ts';
import { startRawServer } from './support/raw-server.ts';
import { createLogRecords, withHttp } from './support/with-http.ts';

const METHODS_OF_UNDICI_6 = ['onConnect', 'onHeaders', 'onData', 'onComplete', 'onError'] as const;
const METHODS_OF_UNDICI_8 = [
  'onRequestStart',
  'onResponseStart',
  'onResponseData',
  'onResponseEnd',
  'onResponseError',
] as const;

/** A dispatcher that calls these methods of a handler and knows no others. */
function agentThatCalls(methods: readonly (keyof Dispatcher.DispatchHandler)[]): Dispatcher {
  const agent = new Agent();
  onTestFinished(() => agent.destroy());
  return agent.compose((dispatch) => (options, handler) => {
    const calls = methods.map((name) => [name, handler[name]?.bind(handler)]);
    return dispatch(options, Object.fromEntries(calls));
  });
}

describe.each([
  ['6', METHODS_OF_UNDICI_6],
  ['8', METHODS_OF_UNDICI_8],
])("a dispatcher with undici %s's handlers", (_, methods) => {
  it('brings status, headers and body of an answer', async () => {
    const answers: HttpAnswer[] = [];
    const partialAcceptance = (answer: HttpAnswer): 'accepted' => {
      answers.push(answer);
      return 'accepted';
    };
    const dispatcher = agentThatCalls(methods);
    await withHttp({ dispatcher, partialAcceptance }, async ({ http, send }) => {
      http.respondWith({ status: 201, headers: { 'X-A': '1' }, body: 'thanks' });
      expect(await send(createLogRecords(2))).toBeUndefined();
      expect(http.decoded).toHaveLength(2);
    });
    const headers = expect.objectContaining({ 'x-a': '1' });
    expect(answers).toEqual([{ status: 201, headers, body: 'thanks', count: 2 }]);
  });

  it('brings all values of a header', async () => {
    const { origin } = await startRawServer((socket) => {
      socket.write('HTTP/1.1 204 No Content\r\nX-A: 1\r\nx-a: \xe4\r\nx-b: 3\r\n\r\n', 'latin1');
    });
    const { signal } = new AbortController();
    const dispatcher = foreignDispatcher(agentThatCalls(methods));
    const { headers } = await exchange(dispatcher, { origin, path: '/', method: 'GET', signal });
    expect(headers.joined()).toEqual({ 'x-a': '1, \xe4', 'x-b': '3' });
  });

  it.each(['at once', 'later'])('is aborted %s', async (when) => {
    const { origin, sockets } = await startRawServer(() => abort.abort(reason));
    const abort = new AbortController();
    const reason = new Error('Enough');
    const dispatcher = foreignDispatcher(agentThatCalls(methods));
    const { signal } = abort;
    if (when === 'at once') abort.abort(reason);
    const answer = exchange(dispatcher, { origin, path: '/', method: 'GET', signal });
    await expect(answer).rejects.toBe(reason);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await expect.poll(() => sockets.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it('brings the error of a lost connection', async () => {
    const dispatcher = agentThatCalls(methods);
    const faults = [{ kind: 'reset-before-accept', times: 1 }] as const;
    await withHttp({ dispatcher, services: { faults } }, async ({ exporter, send }) => {
      expect(await send(createLogRecords(2))).toBeUndefined();
      expect(exporter.stats()).toMatchObject({ delivered: 2, requests: 2 });
    });
  });

  it('cuts an answer that is too long', async () => {
    const { origin, sockets } = await startRawServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n${'x'.repeat(100_000)}`);
    });
    const { signal } = new AbortController();
    const dispatcher = foreignDispatcher(agentThatCalls(methods));
    const { body } = await exchange(dispatcher, { origin, path: '/', method: 'GET', signal });
    await body.discard();
    await expect.poll(() => sockets.every(({ destroyed }) => destroyed)).toBe(true);
  });
});

describe('a dispatcher of undici', () => {
  it('may be a mock', async () => {
    const dispatcher = new MockAgent();
    onTestFinished(() => dispatcher.close());
    dispatcher.disableNetConnect();
    const bodies: unknown[] = [];
    const pool = dispatcher.get('http://mocked.test');
    pool.intercept({ path: '/logs', method: 'POST' }).reply(503, 'busy');
    pool.intercept({ path: '/logs', method: 'POST' }).reply(200, ({ body }) => {
      bodies.push(body);
      return 'thanks';
    });
    const url = (): string => 'http://mocked.test/logs';
    await withHttp({ dispatcher, url }, async ({ exporter, send }) => {
      expect(await send(createLogRecords(2))).toBeUndefined();
      expect(exporter.stats()).toMatchObject({ delivered: 2, requests: 2 });
    });
    expect(bodies).toHaveLength(1);
  });

  it('may be a mock that knows no such request: its error is told', async () => {
    const dispatcher = new MockAgent();
    onTestFinished(() => dispatcher.close());
    dispatcher.disableNetConnect();
    await withHttp({ dispatcher, timeoutMillis: 200 }, async ({ exporter, send }) => {
      const error = await send(createLogRecords(2));
      expect(exporter.stats()).toMatchObject({ dropped: { retry_exhausted: 2 } });
      expect(error?.cause).toMatchObject({ code: 'UND_MOCK_ERR_MOCK_NOT_MATCHED' });
    });
  });

  it('may repeat a request by itself', async () => {
    const agent = new Agent();
    onTestFinished(() => agent.destroy());
    const dispatcher = new RetryAgent(agent, { methods: ['POST'], minTimeout: 1 });
    await withHttp({ dispatcher }, async ({ exporter, http, send }) => {
      http.respondWith({ status: 503 });
      expect(await send(createLogRecords(2))).toBeUndefined();
      expect(http.requests).toHaveLength(2);
      expect(exporter.stats()).toMatchObject({ delivered: 2, requests: 1 });
    });
  });

  it('may be composed with interceptors of undici', async () => {
    const agent = new Agent();
    onTestFinished(() => agent.destroy());
    const dispatcher = agent.compose(interceptors.dump(), interceptors.responseError());
    await withHttp({ dispatcher }, async ({ exporter, http, send }) => {
      http.respondWith({ status: 503 });
      expect(await send(createLogRecords(2))).toBeUndefined();
      expect(exporter.stats()).toMatchObject({ delivered: 2, requests: 2 });
    });
  });

  it.each<[string, (handler: Dispatcher.DispatchHandler) => Dispatcher.DispatchHandler]>([
    ['by its prototype', (handler) => Object.create(handler)],
    ['by a proxy', (handler) => new Proxy(handler, {})],
    ['by its methods', (handler) => ({ ...handler })],
  ])('may hand on handlers derived from ours %s', async (_, derive) => {
    class Deriving extends Agent {
      override dispatch(...[options, handler]: Parameters<Agent['dispatch']>): boolean {
        return super.dispatch(options, derive(handler));
      }
    }
    const agent = new Deriving();
    onTestFinished(() => agent.destroy());
    const composed = agent.compose((dispatch) => (options, handler) => {
      return dispatch(options, derive(handler));
    });
    for (const dispatcher of [agent, composed]) {
      await withHttp({ dispatcher }, async ({ exporter, send }) => {
        expect(await send(createLogRecords(2))).toBeUndefined();
        expect(exporter.stats()).toMatchObject({ delivered: 2, requests: 1 });
      });
    }
  });

  it('may have an interceptor that is an async function and fails: so does the request', async () => {
    const agent = new Agent();
    onTestFinished(() => agent.destroy());
    const failing = agent.compose(() => () => {
      const failed: unknown = Promise.reject(new Error('No token'));
      return failed as boolean;
    });
    const { signal } = new AbortController();
    const request = { origin: 'http://127.0.0.1:9', path: '/', method: 'GET', signal } as const;
    const answer = exchange(foreignDispatcher(failing), request);
    await expect(answer).rejects.toThrow('No token');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('may see when a request is aborted', async () => {
    const signals: unknown[] = [];
    const agent = new Agent();
    onTestFinished(() => agent.destroy());
    const dispatcher = agent.compose((dispatch) => (options, handler) => {
      signals.push(Reflect.get(options, 'signal'));
      return dispatch(options, handler);
    });
    await withHttp({ dispatcher }, async ({ send }) => {
      await send(createLogRecords(1));
    });
    expect(signals).toEqual([expect.any(AbortSignal)]);
  });
});

it('a dispatcher may have the types of any version', () => {
  const ofAnother = {
    dispatch: (_options: { readonly later: true }, _handler: { onLater(): void }): boolean => true,
  };
  expectTypeOf(ofAnother).toExtend<UndiciDispatcher>();
  expectTypeOf<Agent>().toExtend<UndiciDispatcher>();
  expectTypeOf<{ request(): void }>().not.toExtend<UndiciDispatcher>();
});
