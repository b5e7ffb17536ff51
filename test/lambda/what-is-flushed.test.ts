import { diag, logs } from '@opentelemetry/api';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { HttpLogRecordExporter } from 'collectorless/http';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { withLogFlush } from '../../src/lambda/index.ts';
import { diagLines } from '../processor/support/logging.ts';
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

it('only what is named, in its order', async () => {
  const bench = new LambdaBench(services);
  const order: string[] = [];
  const flush = ['first', 'second'].map((name) => ({
    async forceFlush() {
      await new Promise((resolve) => setTimeout(resolve, name === 'first' ? 10 : 1));
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
  const lines = diagLines();
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
