import { diag } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/index.ts';
import {
  bodies,
  ExporterBench,
  type ExporterBenchOptions,
  isSuccess,
} from '../support/exporter-bench.ts';
import { delivered, neverAnswers, retryable } from '../support/outcomes.ts';
import { toldLines } from '../support/told-lines.ts';

function slowBench(millis: number, options: ExporterBenchOptions = {}): ExporterBench {
  const bench: ExporterBench = new ExporterBench({
    ...options,
    send: () =>
      new Promise<SendOutcome>((resolve) => {
        bench.runtime.startTimer(() => resolve(delivered), millis);
      }),
  });
  return bench;
}

afterEach(() => diag.disable());

describe('forceFlush', () => {
  it('ends when everything that was exported before is decided', async () => {
    const bench = slowBench(500);
    bench.export(bodies(250));
    await bench.flush();
    expect(bench.stats).toMatchObject({ delivered: 250, inFlight: 0 });
    expect(bench.runtime.holds).toBe(0);
  });

  it('ends at once when there is nothing', async () => {
    const bench = new ExporterBench();
    await bench.exporter.forceFlush();
    expect(bench.runtime.monotonicMillis()).toBe(1000);
  });

  it('does not wait for what is exported after it, however much that is', async () => {
    const bench = slowBench(100, { limits: { maxEntries: 10 } });
    bench.export(bodies(10, 'before'));
    let isFlushed = false;
    void bench.exporter.forceFlush().then(() => {
      isFlushed = true;
    });
    for (let round = 0; round < 30 && !isFlushed; round += 1) {
      bench.export(bodies(50, 'later'));
      await bench.runtime.advance(10);
    }
    expect(isFlushed).toBe(true);
    expect(bench.stats.inFlight).toBeGreaterThan(0);
  });

  it('ends after its time limit, tells how much is left, and loses nothing', async () => {
    const lines = toldLines();
    const bench = new ExporterBench({ send: () => neverAnswers, flushTimeoutMillis: 3000 });
    bench.export(bodies(5));
    await bench.flush();
    expect(bench.runtime.monotonicMillis()).toBe(4000);
    expect(bench.stats.inFlight).toBe(5);
    expect(lines).toEqual([
      '[collectorless] bench: forceFlush ended after 3000 ms with 5 log records still on their way',
    ]);
    expect(bench.runtime.holds).toBe(0);
  });

  it('never rejects, whatever the destination does', async () => {
    const bench = new ExporterBench({
      send: () => {
        throw new Error('bug');
      },
      timeoutMillis: 5000,
    });
    bench.export(bodies(5));
    await expect(bench.flush()).resolves.toBeUndefined();
    expect(bench.stats.dropped).toEqual({ retry_exhausted: 5 });
  });

  it('cuts a back-off short, so that it need not last as long', async () => {
    const bench = new ExporterBench({
      send: ({ index }) => (index === 0 ? retryable() : delivered),
      retry: { initialBackoffMillis: 20_000, maxBackoffMillis: 20_000 },
    });
    bench.export(bodies(5));
    await bench.runtime.settle();
    await bench.flush();
    expect(bench.stats).toMatchObject({ delivered: 5, retried: 5, requests: 2, inFlight: 0 });
    expect(bench.runtime.monotonicMillis()).toBe(1000);
  });

  it('may be called often at a time, and beside a shutdown', async () => {
    const bench = slowBench(500);
    bench.export(bodies(250));
    const ends = [
      bench.exporter.forceFlush(),
      bench.exporter.shutdown(),
      bench.exporter.forceFlush(),
      bench.exporter.shutdown(),
      bench.exporter.forceFlush(),
    ];
    await bench.runtime.advanceUntil(Promise.all(ends));
    expect(bench.stats).toMatchObject({ delivered: 250, inFlight: 0 });
    expect(bench.runtime.holds).toBe(0);
  });
});

describe('shutdown', () => {
  it('delivers everything, closes the destination once, and is the same for every call', async () => {
    let closed = 0;
    const bench = slowBench(300, {
      destination: {
        close: () => {
          closed += 1;
        },
      },
    });
    bench.export(bodies(30));
    expect(bench.exporter.shutdown()).toBe(bench.exporter.shutdown());
    await bench.shutdown();
    await bench.exporter.forceFlush();
    expect(bench.stats.delivered).toBe(30);
    expect(closed).toBe(1);
  });

  it('drops what cannot be delivered in time as shut_down and aborts what is in flight', async () => {
    const bench = new ExporterBench({
      send: () => neverAnswers,
      shutdownTimeoutMillis: 2000,
      limits: { maxEntries: 10 },
    });
    const call = bench.export(bodies(95));
    await bench.shutdown();
    expect(bench.runtime.monotonicMillis()).toBeLessThanOrEqual(3100);
    expect(bench.stats).toMatchObject({
      dropped: { shut_down: 95 },
      inFlight: 0,
      bufferedBytes: 0,
    });
    expect(bench.requests.every(({ signal }) => signal.aborted)).toBe(true);
    expect(call.answers).toBe(1);
  });

  it('answers the callbacks that wait for delivery or for room', async () => {
    for (const acknowledge of ['accepted', 'delivered'] as const) {
      const bench = new ExporterBench({
        acknowledge,
        send: () => neverAnswers,
        maxBufferedBytes: 2000,
        timeoutMillis: 600_000,
      });
      const calls = [bench.export(bodies(50)), bench.export(bodies(5))];
      await bench.shutdown();
      await bench.runtime.settle();
      expect(calls.map(({ answers }) => answers)).toEqual([1, 1]);
      expect(calls.map(isSuccess)).toEqual([false, false]);
      expect(bench.imbalance()).toBe(0);
      expect(bench.stats.inFlight).toBe(0);
    }
  });

  it('tries once more at once what waits because the service asked for it', async () => {
    const bench = new ExporterBench({
      send: ({ index }) => (index === 0 ? retryable(60_000) : delivered),
    });
    bench.export(bodies(3));
    await bench.runtime.settle();
    await bench.shutdown();
    expect(bench.stats).toMatchObject({ delivered: 3, dropped: {} });
  });

  it('delivers what is exported while it is under way', async () => {
    const bench = slowBench(200);
    bench.export(bodies(10));
    const end = bench.exporter.shutdown();
    await bench.runtime.advance(100);
    bench.export(bodies(10, 'during'));
    await bench.runtime.advance(140);
    bench.export(bodies(10, 'grace'));
    await bench.runtime.advanceUntil(end);
    expect(bench.stats).toMatchObject({ delivered: 30, dropped: {} });
  });

  it('has an export after it fail at once, counted as shut_down', async () => {
    const bench = new ExporterBench();
    await bench.shutdown();
    const call = bench.export(bodies(4));
    const empty = bench.export([]);
    await bench.runtime.settle();
    expect(call.result?.error).toMatchObject({ code: 'shut_down', counts: { shut_down: 4 } });
    expect(isSuccess(empty)).toBe(true);
    expect(bench.stats).toMatchObject({ exported: 4, dropped: { shut_down: 4 }, inFlight: 0 });
    expect(bench.requests).toEqual([]);
  });

  it('does not count records of excluded scopes after it either', async () => {
    const bench = new ExporterBench({ excludeScopes: ['noise'] });
    await bench.shutdown();
    bench.export(bodies(4), { instrumentationScope: { name: 'noise' } });
    expect(bench.stats.exported).toBe(0);
  });

  it('ends though the destination cannot be closed, and tells why', async () => {
    const lines = toldLines();
    const failing = new ExporterBench({
      destination: { close: () => Promise.reject(new Error('socket')) },
    });
    await failing.shutdown();
    expect(lines).toEqual(['[collectorless] bench: Error: socket']);
    const hanging = new ExporterBench({ destination: { close: () => new Promise(() => {}) } });
    await hanging.shutdown();
  });

  it('keeps the process alive no longer than it lasts', async () => {
    const bench = new ExporterBench({ send: () => neverAnswers });
    bench.export(bodies(1));
    const end = bench.exporter.shutdown();
    await bench.runtime.settle();
    expect(bench.runtime.holds).toBeGreaterThan(0);
    await bench.runtime.advanceUntil(end);
    expect(bench.runtime.holds).toBe(0);
  });
});
