import { describe, expect, it } from 'vitest';
import { delivered, neverAnswers, retryable } from '../support/outcomes.ts';
import { type BenchRequest, type BenchSender, SchedulerBench } from '../support/scheduler-bench.ts';

/** Answers `delivered` after so many milliseconds of the fake clock. */
function slow(bench: () => SchedulerBench, millis: number): BenchSender {
  return () =>
    new Promise((resolve) => {
      bench().runtime.startTimer(() => resolve(delivered), millis);
    });
}

const targetsOf = (requests: readonly BenchRequest[]): string[] => requests.map((r) => r.target);

describe('requests in flight', () => {
  it.each([1, 2, 3, 8])('are never more than a limit of %i', async (concurrencyLimit) => {
    const bench: SchedulerBench = new SchedulerBench({
      send: slow(() => bench, 10),
      concurrencyLimit,
    });
    for (const target of ['a', 'b', 'c', 'd']) bench.add(target, 25);
    await bench.runtime.advance(10_000);
    expect(bench.fates.size).toBe(100);
    expect(bench.mostInFlight).toBeLessThanOrEqual(concurrencyLimit);
  });

  it('are as many as the limit allows when there is a single target', async () => {
    const bench: SchedulerBench = new SchedulerBench({
      send: slow(() => bench, 10),
      concurrencyLimit: 8,
    });
    bench.add('a', 100);
    await bench.runtime.advance(10);
    expect(bench.inFlight).toBe(8);
  });
});

describe('targets side by side', () => {
  it('have their turn one after the other when there is one place for all', async () => {
    const bench: SchedulerBench = new SchedulerBench({
      send: slow(() => bench, 10),
      concurrencyLimit: 1,
    });
    for (const target of ['a', 'b', 'c']) bench.add(target, 10);
    await bench.runtime.advance(90);
    const targets = targetsOf(bench.requests);
    for (const target of ['a', 'b', 'c']) {
      expect(targets.filter((name) => name === target).length).toBeGreaterThanOrEqual(3);
    }
  });

  it('are all served when there are more of them than places and each has a backlog', async () => {
    const bench: SchedulerBench = new SchedulerBench({
      send: slow(() => bench, 10),
      concurrencyLimit: 8,
    });
    const names = Array.from({ length: 30 }, (_, index) => `t${index}`);
    for (const name of names) bench.add(name, 40);
    await bench.runtime.advance(150);
    expect(new Set(targetsOf(bench.requests)).size).toBe(30);
  });

  it('are not stopped by one that never answers', async () => {
    const bench = new SchedulerBench({
      send: ({ target }) => (target === 'dead' ? neverAnswers : delivered),
      concurrencyLimit: 8,
    });
    bench.add('dead', 100);
    const alive = bench.add('alive', 100);
    await bench.runtime.settle();
    expect(bench.fatesOf(alive)).toEqual(alive.map(() => 'delivered'));
  });

  it('leave room for a newcomer until the first answer has come', async () => {
    const bench = new SchedulerBench({ send: () => neverAnswers, concurrencyLimit: 8 });
    bench.add('a', 100);
    expect(bench.inFlight).toBe(3);
    bench.add('b', 100);
    expect(bench.inFlight).toBe(4);
  });

  it('are not stopped by several that never answer', async () => {
    const bench = new SchedulerBench({
      send: ({ target }) => (target === 'alive' ? delivered : neverAnswers),
      concurrencyLimit: 8,
    });
    bench.lane('alive');
    for (const name of ['d1', 'd2', 'd3', 'd4', 'd5']) bench.add(name, 10);
    const alive = bench.add('alive', 100);
    await bench.runtime.advance(120_000);
    expect(bench.fatesOf(alive)).toEqual(alive.map(() => 'delivered'));
  });

  it('are not slowed down by one that fails at once and for ever', async () => {
    const bench = new SchedulerBench({
      send: ({ target }) => (target === 'broken' ? retryable() : delivered),
    });
    bench.add('broken', 50);
    const alive = bench.add('alive', 50);
    await bench.runtime.advance(1000);
    expect(bench.fatesOf(alive)).toEqual(alive.map(() => 'delivered'));
    const broken = targetsOf(bench.requests).filter((name) => name === 'broken');
    expect(broken.length).toBeLessThan(60);
  });

  it('leave no trace of a target that was removed', async () => {
    const bench = new SchedulerBench({ send: () => delivered, concurrencyLimit: 2 });
    bench.scheduler.removeLane(bench.lane('gone').lane);
    bench.add('a', 10);
    await bench.runtime.settle();
    expect(bench.mostInFlight).toBe(2);
  });
});

describe('a request that is not full', () => {
  const limits = { maxEntries: 100 };

  it('goes at once when nothing is on its way', async () => {
    const bench = new SchedulerBench({ send: () => delivered, limits });
    bench.add('a', 3);
    await bench.runtime.settle();
    expect(bench.fates.size).toBe(3);
  });

  it('waits for company while others are on their way, for a second at most', async () => {
    const bench = new SchedulerBench({ send: () => neverAnswers, limits, concurrencyLimit: 8 });
    bench.add('a', 1);
    bench.add('a', 1);
    await bench.runtime.advance(500);
    bench.add('a', 1);
    await bench.runtime.advance(499);
    expect(bench.requests.map((request) => request.sequences)).toEqual([[1]]);
    await bench.runtime.advance(1);
    expect(bench.requests.map((request) => request.sequences)).toEqual([[1], [2, 3]]);
  });

  it('waits while more is being encoded, for a second at most', async () => {
    const bench = new SchedulerBench({ send: () => delivered, limits });
    bench.scheduler.moreIsComing = true;
    bench.add('a', 1);
    await bench.runtime.advance(999);
    expect(bench.requests).toHaveLength(0);
    await bench.runtime.advance(1);
    expect(bench.requests).toHaveLength(1);
  });

  it('keeps its deadline while its target pauses', async () => {
    const bench = new SchedulerBench({
      send: () => retryable(8000),
      limits,
      timeoutMillis: 9000,
    });
    const [first = 0] = bench.add('a', 1);
    await bench.runtime.advance(6500);
    const [second = 0] = bench.add('a', 1);
    await bench.runtime.advance(1500);
    expect(bench.fates.get(first)).toBe('retry_exhausted');
    await bench.runtime.advance(7000);
    expect(bench.fates.get(second)).toBeUndefined();
    await bench.runtime.advance(500);
    expect(bench.fates.get(second)).toBe('timeout');
    expect(bench.dropErrors.at(-1)?.message).toMatch(/before a first attempt/u);
  });
});
