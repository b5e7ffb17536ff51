import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LambdaHandler, withLogFlush } from '../../src/lambda/index.ts';
import { LambdaBench } from './support/lambda-bench.ts';
import { lambdaRuntime, streamifyResponse } from './support/lambda-runtime.ts';

type Done = (error: unknown, result?: unknown) => void;
interface OldContext {
  done: Done;
  fail(error: unknown): void;
  succeed(result: unknown): void;
}
interface Stream {
  end(text: string): void;
}

const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const failure = new Error('the handler failed');
const answer = { statusCode: 200 };

let services: LocalServices;
let bench: LambdaBench;

beforeAll(async () => {
  services = await startLocalServices({ latencyMillis: 20 });
});
afterAll(() => services.close());
beforeEach(() => {
  services.http.clear();
  bench = new LambdaBench(services);
});
afterEach(() => bench.close());

const wrap = <H extends LambdaHandler>(handler: H): H =>
  withLogFlush(handler, {}, bench.surroundings);

/** Runs the handler and expects its log to be at the service by the time of the answer. */
async function invoke(
  handler: LambdaHandler,
  node: 22 | 24 = 24,
): Promise<{ result?: unknown; error?: unknown; streamed?: string }> {
  const { remainingMillis, ...rest } = await lambdaRuntime({ node })(handler, 'event');
  expect(remainingMillis).toBeGreaterThan(0);
  expect(bench.delivered).toEqual(['logged by the handler']);
  expect(bench.lines).toEqual([]);
  return rest;
}

const log = (): void => bench.log('logged by the handler');

describe.each([22, 24] as const)('on Node.js %i', (node) => {
  it('an async handler answers when its logs are delivered', async () => {
    const handler = wrap(async (event: string) => {
      await wait();
      log();
      return { event };
    });
    expect(await invoke(handler, node)).toEqual({ result: { event: 'event' } });
  });

  it('the answer is the very object of the handler', async () => {
    const { result } = await invoke(
      wrap(async () => {
        log();
        return answer;
      }),
      node,
    );
    expect(result).toBe(answer);
  });

  it('an async handler that throws fails with its own error when its logs are delivered', async () => {
    const { error } = await invoke(
      wrap(async () => {
        log();
        throw failure;
      }),
      node,
    );
    expect(error).toBe(failure);
  });

  it('a handler that throws at once fails with its own error', async () => {
    const { error } = await invoke(
      wrap(() => {
        log();
        throw failure;
      }),
      node,
    );
    expect(error).toBe(failure);
  });

  it.each(['before', 'after'])(
    'a streaming handler marked %s it is wrapped delivers too',
    async (when) => {
      const handler = async (_event: unknown, stream: Stream, context: object): Promise<void> => {
        expect(context).toHaveProperty('awsRequestId');
        log();
        stream.end('streamed');
      };
      const marked =
        when === 'before' ? wrap(streamifyResponse(handler)) : streamifyResponse(wrap(handler));
      expect(await invoke(marked, node)).toEqual({ streamed: 'streamed' });
    },
  );

  it.each(['throws', 'rejects'])(
    'a streaming handler that %s fails with its own error',
    async (how) => {
      const handler = (): Promise<void> => {
        log();
        if (how === 'throws') throw failure;
        return Promise.reject(failure);
      };
      expect((await invoke(wrap(streamifyResponse(handler)), node)).error).toBe(failure);
    },
  );

  it('a streaming handler that is not async is refused as without us', async () => {
    const handler = streamifyResponse((_event: unknown, stream: Stream) => stream.end('streamed'));
    const run = lambdaRuntime({ node });
    const { error } = await run(handler, '');
    expect((await run(wrap(handler), '')).error).toEqual(error);
    expect(String(error)).toContain('non-async');
  });
});

describe('on Node.js 24', () => {
  it('a synchronous handler answers when its logs are delivered', async () => {
    const handler = wrap(() => {
      log();
      return answer;
    });
    expect((await invoke(handler)).result).toBe(answer);
  });

  it('a handler that declares a callback is refused as without us', async () => {
    const handler = (_event: unknown, _context: unknown, _callback: Done): void => {};
    const run = lambdaRuntime();
    await expect(run(handler, '')).rejects.toThrow('CallbackHandlerDeprecated');
    await expect(run(wrap(handler), '')).rejects.toThrow('CallbackHandlerDeprecated');
  });
});

describe('on Node.js 22', () => {
  it('a callback answers when the logs are delivered', async () => {
    const handler = wrap((_event: unknown, _context: unknown, callback: Done) => {
      setTimeout(() => {
        log();
        callback(null, answer);
      }, 5);
    });
    expect((await invoke(handler, 22)).result).toBe(answer);
  });

  it('a callback with an error fails with it', async () => {
    const handler = wrap((_event: unknown, _context: unknown, callback: Done) => {
      log();
      callback(failure);
    });
    expect((await invoke(handler, 22)).error).toBe(failure);
  });

  it.each([
    ['context.done', (context: OldContext) => context.done(null, answer)],
    ['context.succeed', (context: OldContext) => context.succeed(answer)],
  ])('%s answers when the logs are delivered', async (_name, end) => {
    const handler = wrap((_event: unknown, context: OldContext) => {
      log();
      end(context);
    });
    expect((await invoke(handler, 22)).result).toBe(answer);
  });

  it('context.fail fails with its error', async () => {
    const handler = wrap((_event: unknown, context: OldContext) => {
      log();
      context.fail(failure);
    });
    expect((await invoke(handler, 22)).error).toBe(failure);
  });

  it('of two answers the first counts', async () => {
    const handler = wrap(async (_event: unknown, _context: unknown, callback: Done) => {
      log();
      callback(null, 'first');
      return 'second';
    });
    expect(await invoke(handler, 22)).toEqual({ result: 'first' });
  });

  it('the first answer stays the first, though the flush after the second is quicker', async () => {
    let flushes = 0;
    const slowFirst = {
      async forceFlush() {
        flushes += 1;
        if (flushes === 1) await wait();
      },
    };
    const handler = withLogFlush(
      async (_event: unknown, _context: unknown, callback: Done) => {
        callback(null, 'first');
        return 'second';
      },
      { flush: [slowFirst] },
      bench.surroundings,
    );
    expect((await lambdaRuntime({ node: 22 })(handler, '')).result).toBe('first');
    await expect.poll(() => flushes).toBe(2);
  });

  it('what the handler sets in its context reaches the runtime', async () => {
    let seen: unknown;
    const handler = wrap(
      (
        _event: unknown,
        context: OldContext & { callbackWaitsForEmptyEventLoop: boolean },
        callback: Done,
      ) => {
        context.callbackWaitsForEmptyEventLoop = false;
        log();
        seen = Object.keys(context);
        callback(null, context.callbackWaitsForEmptyEventLoop);
      },
    );
    expect(await invoke(handler, 22)).toEqual({ result: false });
    expect(seen).toEqual(expect.arrayContaining(['awsRequestId', 'done', 'functionName']));
  });
});

describe('what a runtime sees of a wrapped handler', () => {
  it('is what it sees of the handler', () => {
    const named = async function ordersHandler(
      _event: unknown,
      _context: unknown,
    ): Promise<void> {};
    Reflect.set(named, Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark'), 1024);
    const wrapped = wrap(named);
    expect([wrapped.length, wrapped.name, wrapped.constructor.name]).toEqual([
      2,
      'ordersHandler',
      'AsyncFunction',
    ]);
    expect(
      Reflect.get(wrapped, Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')),
    ).toBe(1024);
    expect(wrap(() => {}).constructor.name).toBe('Function');
  });

  it('a handler keeps its `this`', async () => {
    const service = {
      name: 'orders',
      async handle(): Promise<string> {
        log();
        return this.name;
      },
    };
    expect(await wrap(service.handle).call(service)).toBe('orders');
  });

  it('without a context, as in a unit test, the handler answers all the same', async () => {
    const handler = wrap(async (event: string) => {
      log();
      return event;
    });
    expect(await handler('event')).toBe('event');
    expect(bench.delivered).toEqual(['logged by the handler']);
  });
});
