import { ExportResultCode } from '@opentelemetry/core';
import { describe, expect, it } from 'vitest';
import { LogExportError } from '../../src/index.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { bodies, ExporterBench, isSuccess } from '../support/exporter-bench.ts';
import { delivered, neverAnswers, rejected } from '../support/outcomes.ts';

describe('the callback of an export that is answered when accepted', () => {
  it('says SUCCESS as soon as the records are in the care of the exporter', async () => {
    const bench = new ExporterBench({ send: () => neverAnswers });
    const call = bench.export(bodies(10));
    expect(call.answers).toBe(0);
    await bench.runtime.settle();
    expect(isSuccess(call)).toBe(true);
    expect(bench.stats).toMatchObject({ delivered: 0, inFlight: 10 });
  });

  it('says SUCCESS though the service refuses later, and the loss is told otherwise', async () => {
    const bench = new ExporterBench({ send: () => rejected({ reason: 'too_old' }) });
    const call = bench.export(bodies(10));
    await bench.flush();
    expect(isSuccess(call)).toBe(true);
    expect(bench.stats.dropped).toEqual({ too_old: 10 });
    expect(bench.drops).toMatchObject([{ reason: 'too_old', count: 10, target: 'bench' }]);
  });

  it('says FAILED when a record could not even be accepted', async () => {
    const bench = new ExporterBench({ oversize: 'drop', limits: { maxEntryBytes: 10 } });
    const call = bench.export(['short', 'much longer than ten bytes', 'short']);
    await bench.flush();
    expect(isSuccess(call)).toBe(false);
    expect(call.result?.error).toMatchObject({ code: 'too_large', counts: { too_large: 1 } });
    expect(bench.texts).toEqual(['short', 'short']);
  });
});

describe('the callback of an export that is answered when delivered', () => {
  const acknowledge = 'delivered';

  it('waits until the service has stored all records', async () => {
    const bench: ExporterBench = new ExporterBench({
      acknowledge,
      limits: { maxEntries: 2 },
      send: () =>
        new Promise((resolve) => {
          bench.runtime.startTimer(() => resolve(delivered), 100);
        }),
    });
    const call = bench.export(bodies(3));
    await bench.runtime.advance(99);
    expect(call.answers).toBe(0);
    await bench.runtime.advance(2000);
    expect(isSuccess(call)).toBe(true);
    expect(call.answers).toBe(1);
  });

  it('says FAILED with counts by reason and the first cause when some were lost', async () => {
    const bench = new ExporterBench({
      acknowledge,
      limits: { maxEntries: 4 },
      send: () => ({
        status: 'partial',
        entries: [
          { status: 'delivered' },
          { status: 'rejected', reason: 'too_old', error: new Error('old') },
          { status: 'rejected', reason: 'too_new' },
          { status: 'rejected', reason: 'too_old' },
        ],
      }),
    });
    const call = bench.export(bodies(4));
    await bench.flush();
    expect(call.result?.error).toBeInstanceOf(LogExportError);
    expect(call.result?.error).toMatchObject({
      code: 'too_old',
      counts: { too_old: 2, too_new: 1 },
      cause: { message: 'old' },
    });
  });

  it('answers each of two calls for its own records, though they share a request', async () => {
    const bench = new ExporterBench({
      acknowledge,
      limits: { maxEntries: 4 },
      send: () => ({
        status: 'partial',
        entries: [
          { status: 'delivered' },
          { status: 'delivered' },
          { status: 'rejected', reason: 'rejected' },
          { status: 'delivered' },
        ],
      }),
    });
    const [first, second] = [bench.export(bodies(2)), bench.export(bodies(2))];
    await bench.flush();
    expect([isSuccess(first), isSuccess(second)]).toEqual([true, false]);
  });

  it('answers for each line where lines are aggregated', async () => {
    const bench = new ExporterBench({
      acknowledge,
      destination: { delimiter: '\n' },
      limits: { aggregate: { maxLines: 3, maxBytes: 1000 }, maxEntryBytes: 1000 },
    });
    const [first, second] = [bench.export(['a', 'b']), bench.export(['c', 'd'])];
    await bench.flush();
    expect(bench.requests.map(({ texts }) => texts)).toEqual([['a\nb\nc\n', 'd\n']]);
    expect([isSuccess(first), isSuccess(second)]).toEqual([true, true]);
    expect(bench.stats).toMatchObject({ delivered: 4, requests: 1, bytes: 8 });
  });

  it('answers within the time of the batch processor when the service never does', async () => {
    const bench = new ExporterBench({ acknowledge, send: () => neverAnswers });
    const call = bench.export(bodies(1));
    await bench.runtime.advance(25_000);
    expect(call.result?.error).toMatchObject({ code: 'timeout' });
    expect(call.answers).toBe(1);
  });
});

describe('the callback of any export', () => {
  it('is called once when there are no records', async () => {
    for (const acknowledge of ['accepted', 'delivered'] as const) {
      const bench = new ExporterBench({ acknowledge });
      const call = bench.export([]);
      await bench.runtime.settle();
      expect([call.answers, isSuccess(call)]).toEqual([1, true]);
    }
  });

  it('may throw: that reaches nobody, and it is not called again', async () => {
    const bench = new ExporterBench();
    let calls = 0;
    bench.exporter.export([createLogRecord({ body: 'x' })], () => {
      calls += 1;
      throw new Error('callback');
    });
    await bench.flush();
    expect(calls).toBe(1);
    expect(bench.texts).toEqual(['x']);
  });

  it('is never called before export has returned', async () => {
    const bench = new ExporterBench();
    const call = bench.export(bodies(1));
    expect(call.answers).toBe(0);
    await bench.runtime.settle();
    expect(call.answers).toBe(1);
  });

  it('says FAILED when it is given no array', async () => {
    const bench = new ExporterBench();
    const results: number[] = [];
    for (const wrong of ['null', '5', '{"a":1}']) {
      bench.exporter.export(JSON.parse(wrong), ({ code }) => results.push(code));
    }
    await bench.runtime.settle();
    expect(results).toEqual([1, 1, 1].map(() => ExportResultCode.FAILED));
    expect(bench.imbalance()).toBe(0);
  });
});
