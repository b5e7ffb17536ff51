import { diag } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { createBatchProcessor } from 'collectorless';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LogFlushOptions, withLogFlush } from '../../src/lambda/index.ts';
import { RememberingExporter } from '../../src/setup/remembering-exporter.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';
import { toldLines } from '../support/told-lines.ts';
import { LambdaBench } from './support/lambda-bench.ts';
import { lambdaRuntime } from './support/lambda-runtime.ts';

let services: LocalServices;

beforeAll(async () => {
  services = await startLocalServices();
  // Loads what sends: a first request that goes only when its time is over could arrive after it.
  const bench = new LambdaBench(services);
  bench.log('first of all');
  await bench.close();
});
afterAll(() => services.close());
beforeEach(() => {
  services.http.clear();
  services.setFaults([]);
});
afterEach(() => diag.disable());

/** Time enough for the slowest machine to answer within it, and short enough to wait for its end. */
const timeoutMillis = 1200;
const options: LogFlushOptions = { reserveMillis: 600 };

/** A handler that logs its event. */
function handlerOf(bench: LambdaBench, flush = options) {
  return withLogFlush(
    async (event: string) => {
      bench.log(event);
      return event;
    },
    flush,
    bench.surroundings,
  );
}

it('an OTLP endpoint that refuses records at once leaves them on stdout', async () => {
  const refusing = new RememberingExporter('otlp', {
    export: (_records, answer) => answer({ code: ExportResultCode.FAILED }),
    forceFlush: async () => {},
    shutdown: async () => {},
  });
  const processor = createBatchProcessor(refusing);
  const logger = new LoggerProvider({ processors: [processor] }).getLogger('shop');
  const bench = new LambdaBench(services);
  const handler = withLogFlush(
    async (event: string) => logger.emit({ body: event }),
    { ...options, flush: [processor] },
    bench.surroundings,
  );
  await lambdaRuntime({ timeoutMillis })(handler, 'one');
  expect(bench.written).toEqual(['one']);
});

describe('a service that never answers', () => {
  it.each(['accepted', 'delivered'] as const)(
    'leaves the answer in time; the records are on stdout, counted as dropped, and not sent later (%s)',
    async (acknowledge) => {
      services.setFaults([{ kind: 'hang' }]);
      const bench = new LambdaBench(services, { acknowledge });
      const handler = handlerOf(bench);
      const run = lambdaRuntime({ timeoutMillis });
      const first = await run(handler, 'one');
      expect(first.result).toBe('one');
      expect(first.remainingMillis).toBeGreaterThan(0);
      expect(bench.written).toEqual(['one']);
      expect(bench.exporter.stats()).toMatchObject({
        exported: 1,
        dropped: { shut_down: 1 },
        inFlight: 0,
      });

      services.setFaults([]);
      expect((await run(handler, 'two')).result).toBe('two');
      expect(bench.delivered).toEqual(['two']);
      expect(bench.written).toEqual(['one']);
      await bench.close();
    },
  );

  it('leaves the error of the handler as it is', async () => {
    services.setFaults([{ kind: 'hang' }]);
    const bench = new LambdaBench(services);
    const failure = new Error('the handler failed');
    const handler = withLogFlush(
      async () => {
        bench.log('before the failure');
        throw failure;
      },
      options,
      bench.surroundings,
    );
    expect((await lambdaRuntime({ timeoutMillis })(handler, '')).error).toBe(failure);
    expect(bench.written).toEqual(['before the failure']);
    await bench.close();
  });

  it('costs no more than flushTimeoutMillis of the time that is left', async () => {
    services.setFaults([{ kind: 'hang' }]);
    const bench = new LambdaBench(services);
    const handler = handlerOf(bench, { flushTimeoutMillis: 50 });
    const { remainingMillis } = await lambdaRuntime({ timeoutMillis: 600_000 })(handler, 'one');
    expect(remainingMillis).toBeGreaterThan(500_000);
    expect(bench.written).toEqual(['one']);
    await bench.close();
  });

  it('is given up too when the exporter ends its flush before', async () => {
    services.setFaults([{ kind: 'hang' }]);
    const bench = new LambdaBench(services, { flushTimeoutMillis: 20 });
    await lambdaRuntime({ timeoutMillis: 600_000 })(
      handlerOf(bench, { flushTimeoutMillis: 900_000 }),
      'one',
    );
    expect(bench.written).toEqual(['one']);
    await bench.close();
  });

  it.each(['json', 'msgpack', 'otlp-json', 'body'] as const)(
    'each record of `%s` is a line of JSON',
    async (encoding) => {
      services.setFaults([{ kind: 'hang' }]);
      const bench = new LambdaBench(services, { encoding });
      const handler = withLogFlush(
        async () => {
          bench.log('first\nsecond line');
          bench.log('second');
        },
        { flushTimeoutMillis: 50 },
        bench.surroundings,
      );
      await lambdaRuntime()(handler, '');
      expect(bench.lines.length).toBe(2);
      expect(bench.lines.map((line) => JSON.parse(line))).toEqual([
        expect.anything(),
        expect.anything(),
      ]);
      expect(bench.lines.join('')).not.toContain('\n');
      expect(bench.lines[0]).toContain('first\\nsecond line');
      await bench.close();
    },
  );

  it('a record too long for a line is written as several, whose texts make it up', async () => {
    services.setFaults([{ kind: 'hang' }]);
    const bench = new LambdaBench(services);
    const body = 'long '.repeat(40_000);
    await lambdaRuntime()(handlerOf(bench, { flushTimeoutMillis: 50 }), body);
    const parts = bench.lines.map((line) => JSON.parse(line));
    expect(parts.length).toBeGreaterThan(3);
    expect(JSON.parse(parts.map(({ text }) => text).join('')).body).toBe(body);
    await bench.close();
  });

  it('in an environment of several invocations at a time is waited for: the process is not frozen', async () => {
    services.setFaults([{ kind: 'hang', times: 1 }]);
    const bench = new LambdaBench(services, { isConcurrent: true });
    await lambdaRuntime()(handlerOf(bench, { flushTimeoutMillis: 50 }), 'one');
    expect(bench.lines).toEqual([]);
    expect(bench.exporter.stats()).toMatchObject({ inFlight: 1, dropped: {} });
    bench.exporter.takeBack();
    await bench.close();
  });
});

describe('the time of the invocation', () => {
  it('that is over already is not spent on a request', async () => {
    const bench = new LambdaBench(services);
    const before = services.requests.length;
    const run = lambdaRuntime({ timeoutMillis: 500 });
    await run(handlerOf(bench, { reserveMillis: 500 }), 'one');
    expect(services.requests.length).toBe(before);
    expect(bench.written).toEqual(['one']);
    await bench.close();
  });

  it('that ends while lines are written is left to the answer, and it is told of', async () => {
    const lines = toldLines();
    const bench = new LambdaBench(services);
    let nowMillis = 0;
    const slowStdout = {
      ...bench.surroundings,
      runtime: { ...bench.surroundings.runtime, monotonicMillis: () => nowMillis },
      writeLine(line: string) {
        bench.lines.push(line);
        nowMillis += 30;
      },
    };
    const handler = withLogFlush(
      async (_event: unknown, _context: object) => {
        for (let count = 0; count < 10; count += 1) bench.log(count);
        return 'answer';
      },
      { reserveMillis: 100 },
      slowStdout,
    );
    const context = { getRemainingTimeInMillis: () => 100 - nowMillis };
    expect(await handler('event', context)).toBe('answer');
    expect(bench.written).toEqual(['0', '1', '2']);
    expect(lines.filter((line) => line.includes('no time is left'))).toEqual([
      '[collectorless] lambda: no time is left to write 7 undelivered log records to stdout',
    ]);
    expect(bench.processor.stats()).toMatchObject({ emitted: 10, droppedShutDown: 10 });
    await bench.close();
  });

  it.each([50, 3, 0])('that has %i ms left is enough for a few lines', async (leftMillis) => {
    const lines = toldLines();
    const bench = new LambdaBench(services);
    const clock = new FakeRuntime();
    // A line takes 0.05 ms, on a slow machine.
    clock.clockStepMillis = 0.05;
    const handler = withLogFlush(
      async (_event: unknown, _context: object) => {
        for (let count = 0; count < 100; count += 1) bench.log(count);
      },
      {},
      {
        ...bench.surroundings,
        runtime: {
          ...bench.surroundings.runtime,
          monotonicMillis: () => clock.monotonicMillis(),
        },
      },
    );
    await handler('event', { getRemainingTimeInMillis: () => leftMillis });
    expect(bench.written).toHaveLength(100);
    expect(lines.filter((line) => line.includes('no time is left'))).toEqual([]);
    await bench.close();
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no time');
      },
    ],
    ['is no number', () => 'soon'],
  ])(
    'that cannot be read, because it %s, is no reason to fail',
    async (_how, getRemainingTimeInMillis) => {
      const bench = new LambdaBench(services);
      const handler = withLogFlush(
        async (event: string, _context: object) => {
          bench.log(event);
          return event;
        },
        {},
        bench.surroundings,
      );
      expect(await handler('one', { getRemainingTimeInMillis })).toBe('one');
      expect(bench.delivered).toEqual(['one']);
      await bench.close();
    },
  );
});

describe('what is logged while the flush runs', () => {
  it('waits for the next invocation when the service is well', async () => {
    services.setFaults([{ kind: 'delay', durationMillis: 60 }]);
    const bench = new LambdaBench(services);
    const handler = withLogFlush(
      async (event: string) => {
        bench.log(event);
        setTimeout(() => bench.log(`behind ${event}`), 20);
      },
      {},
      bench.surroundings,
    );
    await lambdaRuntime()(handler, 'one');
    expect(bench.lines).toEqual([]);
    await lambdaRuntime()(handler, 'two');
    expect(bench.delivered).toEqual(expect.arrayContaining(['one', 'behind one', 'two']));
    expect(bench.lines).toEqual([]);
    await bench.close();
  });
});
