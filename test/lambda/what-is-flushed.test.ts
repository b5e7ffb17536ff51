import { diag, logs } from '@opentelemetry/api';
import { logs as oldLogs } from '@opentelemetry/api-logs';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { createBatchProcessor } from 'collectorless';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { HttpLogRecordExporter } from 'collectorless/http';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { globalLoggerProvider } from '../../src/lambda/global-logger-provider.ts';
import { withLogFlush } from '../../src/lambda/index.ts';
import { toldLines } from '../support/told-lines.ts';
import { LambdaBench } from './support/lambda-bench.ts';
import { lambdaRuntime } from './support/lambda-runtime.ts';

let services: LocalServices;

beforeAll(async () => {
  services = await startLocalServices({ latencyMillis: 20 });
});
afterAll(() => services.close());
beforeEach(() => services.http.clear());
afterEach(() => {
  diag.disable();
  logs.disable();
});

it('by default all processors that live', async () => {
  const benches = [new LambdaBench(services), new LambdaBench(services)];
  const handler = withLogFlush(async () => {
    for (const [index, bench] of benches.entries()) bench.log(`bench ${index}`);
  });
  await lambdaRuntime()(handler, '');
  expect(benches[0]?.delivered.sort()).toEqual(['bench 0', 'bench 1']);
  await Promise.all(benches.map((bench) => bench.close()));
});

it('by default the global logger provider, of whatever processors', async () => {
  const exporter = new HttpLogRecordExporter({ url: services.http.url });
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] });
  logs.setGlobalLoggerProvider(provider);
  const handler = withLogFlush(async () => logs.getLogger('shop').emit({ body: 'global' }));
  await lambdaRuntime()(handler, '');
  expect(exporter.stats()).toMatchObject({ delivered: 1, inFlight: 0 });
  await provider.shutdown();
});

it('an AWS exporter whose client, log group and log stream do not exist before the first invocation', async () => {
  const exporter = new CloudWatchLogRecordExporter({
    logGroupName: '/lambda/orders',
    clientConfig: services.clientConfig,
  });
  const provider = new LoggerProvider({ processors: [createBatchProcessor(exporter)] });
  const handler = withLogFlush(
    async (event: string) => provider.getLogger('shop').emit({ body: event }),
    { flushTimeoutMillis: 20_000 },
  );
  const run = lambdaRuntime({ timeoutMillis: 30_000 });
  await run(handler, 'cold');
  expect(services.cloudWatchLogs.decoded).toMatchObject([{ body: 'cold' }]);
  await run(handler, 'warm');
  expect(services.cloudWatchLogs.decoded).toMatchObject([{ body: 'cold' }, { body: 'warm' }]);
  expect(services.violations).toEqual([]);
  await provider.shutdown();
});

describe('the global logger provider', () => {
  afterEach(() => oldLogs.disable());

  it('is that of @opentelemetry/api-logs where the API has none of its own', async () => {
    let flushes = 0;
    oldLogs.setGlobalLoggerProvider(
      Object.assign(oldLogs.getLoggerProvider(), {
        forceFlush: async () => {
          flushes += 1;
        },
      }),
    );
    await (await globalLoggerProvider({}))?.forceFlush();
    expect(flushes).toBe(1);
  });

  it('is none where nobody has set one', async () => {
    expect(await globalLoggerProvider()).toBeUndefined();
    expect(await globalLoggerProvider({})).toBeUndefined();
  });
});

it('only what is named, in its order', async () => {
  const bench = new LambdaBench(services);
  const order: string[] = [];
  const flush = ['first', 'second'].map((name) => ({
    async forceFlush() {
      if (name === 'first') await new Promise(setImmediate);
      order.push(name);
    },
  }));
  const handler = withLogFlush(async () => bench.log('not named'), { flush });
  await lambdaRuntime()(handler, '');
  expect(order).toEqual(['first', 'second']);
  expect(bench.processor.stats().queued).toBe(1);
  await bench.close();
});

it('an exporter that is named hands back what it could not deliver', async () => {
  await using dead = await startLocalServices({ faults: [{ kind: 'hang' }] });
  const bench = new LambdaBench(dead);
  const provider = new LoggerProvider({
    processors: [new BatchLogRecordProcessor({ exporter: bench.exporter, maxExportBatchSize: 1 })],
  });
  const handler = withLogFlush(
    async () => provider.getLogger('shop').emit({ body: 'in flight' }),
    { flushTimeoutMillis: 50, flush: [provider, bench.exporter] },
    bench.surroundings,
  );
  await lambdaRuntime()(handler, '');
  expect(bench.written).toEqual(['in flight']);
  await provider.shutdown();
  await bench.close();
});

it('what rejects, throws or answers nonsense changes nothing for the handler and the others', async () => {
  const lines = toldLines();
  const bench = new LambdaBench(services);
  const flush = [
    { forceFlush: () => Promise.reject(new Error('rejected flush')) },
    {
      forceFlush: async () => {},
      stats: () => {
        throw new Error('thrown stats');
      },
    },
    bench.processor,
  ];
  const handler = withLogFlush(
    async () => {
      bench.log('well');
      return 'answer';
    },
    { flush },
    bench.surroundings,
  );
  expect((await lambdaRuntime()(handler, '')).result).toBe('answer');
  expect(bench.delivered).toEqual(['well']);
  expect(lines).toEqual([expect.stringContaining('rejected flush')]);
  await bench.close();
});

it('what throws when it should hand back its records changes nothing for the handler and the others', async () => {
  await using dead = await startLocalServices({ faults: [{ kind: 'hang' }] });
  const lines = toldLines();
  const bench = new LambdaBench(dead);
  const throwing = {
    forceFlush: async () => {},
    takeBack() {
      throw new Error('thrown records');
    },
  };
  const handler = withLogFlush(
    async () => bench.log('in flight'),
    { flushTimeoutMillis: 50, flush: [throwing, bench.processor] },
    bench.surroundings,
  );
  await lambdaRuntime()(handler, '');
  expect(bench.written).toEqual(['in flight']);
  expect(lines).toContainEqual(expect.stringContaining('thrown records'));
  await bench.close();
});

it('a stdout that throws does not change the answer', async () => {
  await using dead = await startLocalServices({ faults: [{ kind: 'hang' }] });
  const lines = toldLines();
  const bench = new LambdaBench(dead);
  const surroundings = {
    ...bench.surroundings,
    writeLine() {
      throw new Error('closed stdout');
    },
  };
  const handler = withLogFlush(
    async () => {
      bench.log('in flight');
      return 'answer';
    },
    { flushTimeoutMillis: 50 },
    surroundings,
  );
  expect((await lambdaRuntime()(handler, '')).result).toBe('answer');
  expect(lines).toContainEqual(expect.stringContaining('closed stdout'));
  await bench.close();
});
