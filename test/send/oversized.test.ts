import { describe, expect, it } from 'vitest';
import type { QueuedEntry } from '../../src/send/outbound-request.ts';
import type { OversizedEntries } from '../../src/send/partition-outcome.ts';
import type { EntryOutcome, SendOutcome } from '../../src/send/send-outcome.ts';
import { delivered } from '../support/outcomes.ts';
import { SchedulerBench } from '../support/scheduler-bench.ts';

const limits = { maxEntries: 4 };
const done: EntryOutcome = { status: 'delivered' };
const again: EntryOutcome = { status: 'retryable' };
const tooLarge = (maxEntryBytes: number, error?: Error): EntryOutcome => ({
  status: 'rejected',
  reason: 'too_large',
  maxEntryBytes,
  ...(error === undefined ? {} : { error }),
});
const partial = (...entries: EntryOutcome[]): SendOutcome => ({ status: 'partial', entries });

/** Cuts each entry, one request an entry, and notes what it was asked. */
function cutting(asked: OversizedEntries<QueuedEntry>[] = []) {
  return (_target: string, large: OversizedEntries<QueuedEntry>): QueuedEntry[][] => {
    asked.push(large);
    return large.entries.map((entry) => [
      { ...entry, bytes: entry.bytes.subarray(0, large.maxEntryBytes) },
    ]);
  };
}

describe('an entry that is larger than its target takes', () => {
  it('is made smaller and sent again, and its neighbours are not', async () => {
    const asked: OversizedEntries<QueuedEntry>[] = [];
    const bench = new SchedulerBench({
      limits,
      repack: cutting(asked),
      send: ({ index }) => (index === 0 ? partial(done, tooLarge(7), done, done) : delivered),
    });
    const sequences = bench.add('a', 4);
    await bench.runtime.settle();
    expect(bench.fatesOf(sequences)).toEqual(Array(4).fill('delivered'));
    expect(bench.requests.map((request) => request.sequences)).toEqual([sequences, [sequences[1]]]);
    expect(asked.map(({ maxEntryBytes }) => maxEntryBytes)).toEqual([7]);
    expect(bench.retried).toBe(1);
  });

  it('goes with the smallest limit that was named', async () => {
    const asked: OversizedEntries<QueuedEntry>[] = [];
    const bench = new SchedulerBench({
      limits,
      repack: cutting(asked),
      send: ({ index }) =>
        index === 0 ? partial(tooLarge(7), tooLarge(5), tooLarge(6), done) : delivered,
    });
    const sequences = bench.add('a', 4);
    await bench.runtime.settle();
    expect(asked.map(({ maxEntryBytes }) => maxEntryBytes)).toEqual([5]);
    expect(bench.fatesOf(sequences)).toEqual(Array(4).fill('delivered'));
  });

  it('is sent before all that came later and beside what is only tried again', async () => {
    const bench = new SchedulerBench({
      limits,
      concurrencyLimit: 1,
      repack: cutting(),
      send: ({ index }) => (index === 0 ? partial(again, tooLarge(7), done, done) : delivered),
    });
    const sequences = bench.add('a', 8);
    await bench.runtime.settle();
    expect(bench.requests[1]?.sequences).toEqual([sequences[1]]);
    await bench.runtime.advance(100);
    expect(bench.fatesOf(sequences)).toEqual(Array(8).fill('delivered'));
  });

  it('is waited for by a flush that began before', async () => {
    const bench = new SchedulerBench({
      limits,
      concurrencyLimit: 1,
      repack: cutting(),
      send: ({ index }) => (index === 0 ? partial(tooLarge(7), done, done, done) : delivered),
    });
    const sequences = bench.add('a', 4);
    let fates: unknown;
    const settled = bench.scheduler.whenSettled().then(() => {
      fates = bench.fatesOf(sequences);
    });
    await bench.runtime.settle();
    await settled;
    expect(fates).toEqual(Array(4).fill('delivered'));
    expect(bench.finished).toHaveLength(2);
  });

  it('is dropped as too large where nothing can make it smaller', async () => {
    const error = new Error('at most 7');
    const bench = new SchedulerBench({
      limits,
      send: () => partial(tooLarge(7, error), done, tooLarge(7), done),
    });
    const sequences = bench.add('a', 4);
    await bench.runtime.settle();
    expect(bench.fatesOf(sequences)).toEqual(['too_large', 'delivered', 'too_large', 'delivered']);
    expect(bench.dropErrors).toEqual([error]);
    expect(bench.finished[0]?.error).toBe(error);
  });

  it('is decided whenever the stop comes', async () => {
    for (let ticks = 0; ticks < 12; ticks += 1) {
      let answer = (_outcome: SendOutcome): void => {};
      const bench = new SchedulerBench({
        limits,
        repack: cutting(),
        send: ({ index }) =>
          index === 0
            ? new Promise<SendOutcome>((resolve) => {
                answer = resolve;
              })
            : new Promise<SendOutcome>(() => {}),
      });
      const sequences = bench.add('a', 4);
      await bench.runtime.settle();
      answer(partial(tooLarge(7), done, done, done));
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      bench.scheduler.stop();
      await bench.scheduler.whenSettled();
      const [large, ...others] = bench.fatesOf(sequences);
      expect(large, `after ${ticks} ticks`).toBe('shut_down');
      expect(['delivered', 'shut_down']).toContain(others[0]);
    }
  });
});

describe('the order of requests', () => {
  it('can be kept for some targets and not for others', async () => {
    const bench = new SchedulerBench({
      ordered: (target) => target.endsWith('.fifo'),
      send: () => new Promise<SendOutcome>(() => {}),
    });
    bench.add('a.fifo', 3);
    bench.add('b', 3);
    await bench.runtime.settle();
    const targets = bench.requests.map(({ target }) => target);
    expect(targets.filter((target) => target === 'a.fifo')).toHaveLength(1);
  });
});
