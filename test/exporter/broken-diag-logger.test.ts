import { beforeEach, expect, test } from 'vitest';
import { ExporterBench } from '../support/exporter-bench.ts';
import { neverAnswers } from '../support/outcomes.ts';
import { breakDiag } from '../support/told-lines.ts';

beforeEach(breakDiag);

test('with a diag logger that throws flush and shutdown do not reject', async () => {
  const bench = new ExporterBench({ send: () => neverAnswers, flushTimeoutMillis: 50 });
  bench.export(['one']);
  await expect(bench.flush()).resolves.toBeUndefined();
  await expect(bench.shutdown()).resolves.toBeUndefined();
  expect(bench.stats.dropped).toEqual({ shut_down: 1 });
});

test('with a diag logger that throws a callback that throws harms nothing', async () => {
  const bench = new ExporterBench();
  bench.exporter.export([], () => {
    throw new Error('callback');
  });
  bench.export(['one']);
  await bench.flush();
  expect(bench.stats.delivered).toBe(1);
});
