import { describe, expect, it } from 'vitest';
import { OutstandingRequests } from '../../src/send/outstanding-requests.ts';
import { delivered, neverAnswers, retryable } from '../support/outcomes.ts';
import { SchedulerBench } from '../support/scheduler-bench.ts';

const limits = { maxEntries: 100 };
const own = { alsoServiceWaits: false };
const all = { alsoServiceWaits: true };

describe('a flush', () => {
  it('sends what is not full yet', async () => {
    const bench = new SchedulerBench({ send: () => delivered, limits });
    bench.scheduler.moreIsComing = true;
    bench.add('a', 5);
    bench.add('b', 5);
    bench.scheduler.flush(own);
    await bench.runtime.settle();
    expect(bench.fates.size).toBe(10);
  });

  it('cuts a back-off of our own short', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable() : delivered),
      retry: { initialBackoffMillis: 50_000, maxBackoffMillis: 50_000, backoffMultiplier: 1 },
    });
    bench.add('a', 1);
    await bench.runtime.settle();
    bench.scheduler.flush(own);
    await bench.runtime.settle();
    expect(bench.fates.get(1)).toBe('delivered');
  });

  it('ends the pause of a target that failed again and again', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index < 5 ? retryable() : delivered),
      retry: { initialBackoffMillis: 20_000, maxBackoffMillis: 20_000, backoffMultiplier: 1 },
      concurrencyLimit: 8,
    });
    bench.lane('a').lane.proven = true;
    bench.add('a', 5);
    await bench.runtime.settle();
    expect(bench.lane('a').lane.isTroubled).toBe(true);
    bench.scheduler.flush(own);
    await bench.runtime.settle();
    expect(bench.fates.get(1)).toBe('delivered');
  });

  it('does not cut short a wait that the service asked for', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable(8000) : delivered),
    });
    bench.add('a', 2);
    await bench.runtime.settle();
    bench.scheduler.flush(own);
    await bench.runtime.advance(7999);
    expect(bench.requests).toHaveLength(1);
    await bench.runtime.advance(1);
    expect(bench.fates.size).toBe(2);
  });

  it('tries once more in spite of the service when there will be no later', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable(8000) : delivered),
    });
    bench.add('a', 2);
    await bench.runtime.settle();
    bench.scheduler.flush(all);
    await bench.runtime.settle();
    expect(bench.fates.size).toBe(2);
  });

  it('waits for the requests that exist, not for those that come later', async () => {
    const bench = new SchedulerBench({
      send: ({ sequences }) => (sequences[0] === 1 ? delivered : neverAnswers),
      concurrencyLimit: 8,
    });
    bench.add('a', 1);
    const settled = bench.scheduler.whenSettled();
    bench.add('a', 1);
    await settled;
    expect([...bench.fates.keys()]).toEqual([1]);
  });

  it('is over at once when there is nothing to wait for', async () => {
    await new OutstandingRequests().whenSettled();
    const bench = new SchedulerBench({ send: () => delivered });
    await bench.scheduler.whenSettled();
    expect(bench.requests).toEqual([]);
  });

  it('does not end before an older request though younger ones have ended', async () => {
    const outstanding = new OutstandingRequests();
    const [oldest, younger] = [outstanding.begin(), outstanding.begin()];
    let isSettled = false;
    const settled = outstanding.whenSettled().then(() => {
      isSettled = true;
    });
    outstanding.end(younger);
    await Promise.resolve();
    expect(isSettled).toBe(false);
    outstanding.end(oldest);
    await settled;
  });
});

describe('a stop', () => {
  it('aborts what is in flight and drops all that is left as shut_down, each once', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable(9000) : neverAnswers),
      limits: { maxEntries: 2 },
      concurrencyLimit: 8,
    });
    const sequences = [...bench.add('a', 2)];
    await bench.runtime.settle();
    sequences.push(...bench.add('b', 5), ...bench.add('a', 3));
    await bench.runtime.settle();
    bench.scheduler.stop();
    await bench.scheduler.whenSettled();
    expect(bench.fatesOf(sequences)).toEqual(sequences.map(() => 'shut_down'));
    expect(bench.requests.slice(1).every(({ signal }) => signal.aborted)).toBe(true);
    expect(bench.bugs).toEqual([]);
  });

  it('names what went wrong before as the cause of the loss', async () => {
    const bench = new SchedulerBench({
      send: ({ target }) => (target === 'a' ? retryable() : neverAnswers),
      limits,
    });
    bench.add('a', 1);
    await bench.runtime.settle();
    bench.scheduler.moreIsComing = true;
    bench.add('b', 1);
    bench.scheduler.stop();
    expect(bench.dropErrors.map(({ message }) => message)).toEqual([
      'try again',
      'Shut down before it was sent',
    ]);
  });

  it('starts nothing any more and leaves no timer', async () => {
    const bench = new SchedulerBench({ send: () => neverAnswers });
    bench.add('a', 1);
    bench.scheduler.stop();
    await bench.runtime.settle();
    bench.scheduler.flush(all);
    bench.scheduler.pump();
    await bench.runtime.advance(100_000);
    expect(bench.requests).toHaveLength(1);
    expect(bench.runtime.pendingTimers).toEqual([]);
  });

  it('keeps what was delivered in the same moment', async () => {
    const bench = new SchedulerBench({ send: () => delivered });
    bench.add('a', 1);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    bench.scheduler.stop();
    await bench.scheduler.whenSettled();
    expect(bench.fates.size).toBe(1);
  });

  it('tells of a bug in the accounts instead of throwing it into the application', async () => {
    const bench = new SchedulerBench({ send: () => delivered });
    bench.fates.set(1, 'already told');
    bench.add('a', 1);
    await bench.runtime.settle();
    expect(bench.bugs).toHaveLength(1);
  });
});

it('a request that was never attempted is no operation with a duration', async () => {
  const bench = new SchedulerBench({
    send: () => neverAnswers,
    limits,
    concurrencyLimit: 1,
  });
  bench.add('a', 200);
  await bench.runtime.advance(500);
  expect(bench.requests).toHaveLength(1);
  bench.scheduler.takeBack();
  expect(bench.fates.size).toBe(200);
  expect(bench.finished).toMatchObject([{ durationMillis: 500 }]);
});
