import { describe, expect, it } from 'vitest';
import { backoffMillis } from '../../src/send/retry-policy.ts';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { delivered, neverAnswers, rejected, retryable } from '../support/outcomes.ts';
import { SchedulerBench } from '../support/scheduler-bench.ts';

const always = (outcome: SendOutcome) => (): SendOutcome => outcome;

describe('a failed request', () => {
  it('is sent again after a random wait below the first ceiling', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable() : delivered),
    });
    const sequences = bench.add('a', 1);
    await bench.runtime.advance(100);
    expect(bench.fatesOf(sequences)).toEqual(['delivered']);
    const [first, second] = bench.requests.map(({ atMillis }) => atMillis);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(0);
    expect(bench.retried).toBe(1);
  });

  it('waits longer and longer, up to the largest wait', () => {
    const policy = { initialBackoffMillis: 100, maxBackoffMillis: 1000, backoffMultiplier: 2 };
    const ceilings = [1, 2, 3, 4, 5, 50, 5000].map((n) => backoffMillis(policy, n, () => 1));
    expect(ceilings).toEqual([100, 200, 400, 800, 1000, 1000, 1000]);
    expect(backoffMillis(policy, 3, () => 0.5)).toBe(200);
  });

  it('is sent again at the time that the service named, not before', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable(7000) : delivered),
    });
    bench.add('a', 1);
    await bench.runtime.advance(6999);
    expect(bench.requests).toHaveLength(1);
    await bench.runtime.advance(1);
    expect(bench.requests).toHaveLength(2);
  });

  it('is sent again at once when the service says so', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable(0) : delivered),
    });
    const sequences = bench.add('a', 1);
    await bench.runtime.settle();
    expect(bench.fatesOf(sequences)).toEqual(['delivered']);
  });

  it('makes no storm of a service that fails for ever and always says "at once"', async () => {
    const bench = new SchedulerBench({ send: always(retryable(0)) });
    bench.add('a', 1);
    await bench.runtime.advance(59_000);
    expect(bench.requests.length).toBeGreaterThan(10);
    expect(bench.requests.length).toBeLessThan(500);
  });

  it('is dropped as retry_exhausted when the next attempt would come after the deadline', async () => {
    const bench = new SchedulerBench({ send: always(retryable()), timeoutMillis: 5000 });
    const sequences = bench.add('a', 1);
    await bench.runtime.advance(5000);
    expect(bench.fatesOf(sequences)).toEqual(['retry_exhausted']);
    expect(bench.dropErrors[0]?.message).toBe('try again');
    expect(bench.requests.at(-1)?.atMillis).toBeLessThan(6000);
  });

  it('is tried a last time shortly before the deadline when the service asks for a longer wait', async () => {
    const bench = new SchedulerBench({ send: always(retryable(60_000)) });
    const sequences = bench.add('a', 1);
    await bench.runtime.advance(58_999);
    expect(bench.requests).toHaveLength(1);
    await bench.runtime.advance(1);
    expect(bench.requests).toHaveLength(2);
    expect(bench.fatesOf(sequences)).toEqual(['retry_exhausted']);
  });

  it('is dropped at once when the service asks for a longer wait and a second is all that is left', async () => {
    const bench = new SchedulerBench({ send: always(retryable(60_000)), timeoutMillis: 1000 });
    const sequences = bench.add('a', 1);
    await bench.runtime.settle();
    expect(bench.fatesOf(sequences)).toEqual(['retry_exhausted']);
    expect(bench.requests).toHaveLength(1);
  });

  it('ends the pause of its target when the last attempt finds the service back early', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable(3_600_000) : delivered),
    });
    const [early = 0] = bench.add('a', 1);
    await bench.runtime.advance(30_000);
    const [late = 0] = bench.add('a', 1);
    await bench.runtime.advance(28_999);
    expect(bench.requests).toHaveLength(1);
    await bench.runtime.advance(1);
    expect(bench.fatesOf([early, late])).toEqual(['delivered', 'delivered']);
  });

  it('keeps the places of other requests free while it waits', async () => {
    const bench = new SchedulerBench({
      send: ({ sequences }) => (sequences[0] === 1 ? retryable() : delivered),
      concurrencyLimit: 1,
    });
    bench.add('a', 20);
    await bench.runtime.settle();
    expect(bench.fates.size).toBe(19);
  });

  it('counts as rejected at once when the service refuses it for good', async () => {
    const bench = new SchedulerBench({ send: always(rejected({ reason: 'too_old' })) });
    const sequences = bench.add('a', 1);
    await bench.runtime.settle();
    expect(bench.fatesOf(sequences)).toEqual(['too_old']);
    expect(bench.requests).toHaveLength(1);
  });

  it('is one operation over all its attempts', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index < 3 ? retryable(1000) : delivered),
    });
    bench.add('a', 1);
    await bench.runtime.advance(3000);
    expect(bench.finished).toEqual([{ target: 'a', durationMillis: 3000 }]);
  });
});

describe('a target that fails', () => {
  it('lets what waited for it go when the pause that the service asked for is over', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable(5000) : delivered),
      timeoutMillis: 6000,
      concurrencyLimit: 1,
    });
    const [early = 0] = bench.add('a', 1);
    await bench.runtime.advance(4000);
    expect(bench.requests).toHaveLength(1);
    const [late = 0] = bench.add('a', 1);
    await bench.runtime.advance(2500);
    expect(bench.fates.get(late)).toBe('delivered');
    expect(bench.fates.get(early)).toBe('delivered');
  });

  it('gets what is ready after the pause even when the request that caused it is gone', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 1 ? retryable(5000) : delivered),
      timeoutMillis: 6000,
      concurrencyLimit: 1,
    });
    bench.lane('a').lane.pausedUntilMillis = bench.runtime.monotonicMillis() + 3000;
    const [old = 0] = bench.add('a', 1);
    await bench.runtime.advance(2500);
    const [young = 0] = bench.add('a', 2).slice(1);
    await bench.runtime.advance(1000);
    expect(bench.fates.get(old)).toBe('delivered');
    expect(bench.fates.get(young)).toBeUndefined();
    await bench.runtime.advance(5000);
    expect(bench.fates.get(young)).toBe('delivered');
  });

  it('is probed with one request at a time after five failures in a row', async () => {
    const bench = new SchedulerBench({ send: always(retryable()), concurrencyLimit: 8 });
    bench.add('a', 50);
    await bench.runtime.settle();
    const before = bench.requests.length;
    expect(before).toBeLessThanOrEqual(12);
    await bench.runtime.advance(10_000);
    const rate = (bench.requests.length - before) / 10;
    expect(rate).toBeLessThan(10);
  });

  it('gets everything soon after it has recovered, scattered over the first wait', async () => {
    let isDown = true;
    const bench = new SchedulerBench({
      send: () => (isDown ? retryable() : delivered),
      retry: { initialBackoffMillis: 100, maxBackoffMillis: 30_000, backoffMultiplier: 10 },
      timeoutMillis: 600_000,
    });
    const sequences = bench.add('a', 20);
    await bench.runtime.advance(60_000);
    expect(bench.fates.size).toBe(0);
    isDown = false;
    while (bench.fates.size === 0) await bench.runtime.advance(100);
    await bench.runtime.advance(100);
    expect(bench.fatesOf(sequences)).toEqual(sequences.map(() => 'delivered'));
    expect(bench.health).toEqual([expect.stringMatching(/^a fails: /u), 'a is back']);
  });

  it.each([0.05, 0.1, 0.2, 0.3, 0.5, 0.7])(
    'wakes up for a wait that ends while it looks at the clock (%d ms a look)',
    async (stepMillis) => {
      const bench = new SchedulerBench({
        send: ({ index }) => (index % 2 === 0 ? retryable() : delivered),
        retry: { initialBackoffMillis: 1, maxBackoffMillis: 1, backoffMultiplier: 1 },
        limits: { maxEntries: 1 },
        ordered: true,
      });
      bench.runtime.clockStepMillis = stepMillis;
      const sequences = bench.add('a', 200);
      bench.scheduler.pump();
      for (let step = 0; step < 1000; step += 1) await bench.runtime.advance(5);
      expect(bench.fatesOf(sequences)).toEqual(sequences.map(() => 'delivered'));
    },
  );

  it('is called failing at the first failure when its configuration is to blame', async () => {
    const error = new Error('Region is missing');
    const bench = new SchedulerBench({
      send: ({ index }) =>
        index < 3 ? { status: 'retryable', error, isMisconfigured: true } : delivered,
    });
    bench.add('a', 1);
    await bench.runtime.settle();
    expect(bench.health).toEqual(['a fails: Region is missing']);
    await bench.runtime.advance(20_000);
    expect(bench.health).toEqual(['a fails: Region is missing', 'a is back']);
  });

  it('that had answers is retry_exhausted also when the deadline cuts its last attempt off', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index < 2 ? retryable() : neverAnswers),
      timeoutMillis: 5_000,
    });
    const sequences = bench.add('a', 1);
    await bench.runtime.advance(10_000);
    expect(bench.fatesOf(sequences)).toEqual(sequences.map(() => 'retry_exhausted'));
  });

  it('is not called failing for a failure now and then', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index % 3 === 2 ? delivered : retryable()),
    });
    for (let added = 0; added < 20; added += 1) {
      bench.add('a', 1);
      await bench.runtime.advance(20_000);
    }
    expect(bench.health).toEqual([]);
  });

  it('keeps the wait that the service named for other requests when one was answered', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index < 6 ? retryable(index === 5 ? 9000 : 0) : delivered),
      concurrencyLimit: 8,
    });
    bench.add('a', 6);
    await bench.runtime.settle();
    const count = bench.requests.length;
    await bench.runtime.advance(8000);
    expect(bench.requests).toHaveLength(count);
    await bench.runtime.advance(1001);
    expect(bench.fates.size).toBe(6);
  });
});
