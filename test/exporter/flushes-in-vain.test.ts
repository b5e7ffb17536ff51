import { expect, test } from 'vitest';
import { ExporterBench } from '../support/exporter-bench.ts';
import { neverAnswers } from '../support/outcomes.ts';

test('of flushes in a row only the first waits its full time for a service that does not answer', async () => {
  const bench = new ExporterBench({ send: () => neverAnswers, timeoutMillis: 300_000 });
  const startMillis = bench.runtime.monotonicMillis();
  for (let batch = 0; batch < 5; batch += 1) {
    bench.export([`batch ${batch}`]);
    await bench.flush();
  }
  await bench.shutdown();
  const tookMillis = bench.runtime.monotonicMillis() - startMillis;
  expect(tookMillis).toBeLessThan(25_000 + 10_000 + 2_000);
  expect(bench.stats.dropped).toEqual({ shut_down: 5 });
});

test('a flush some time after one in vain has its full time again', async () => {
  const bench = new ExporterBench({ send: () => neverAnswers, flushTimeoutMillis: 5_000 });
  bench.export(['one']);
  await bench.flush();
  await bench.runtime.advance(1_000);
  const startMillis = bench.runtime.monotonicMillis();
  await bench.flush();
  expect(bench.runtime.monotonicMillis() - startMillis).toBeGreaterThanOrEqual(5_000);
});
