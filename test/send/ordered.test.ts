import { describe, expect, it } from 'vitest';
import { delivered, neverAnswers, rejected, retryable } from '../support/outcomes.ts';
import { type BenchRequest, SchedulerBench } from '../support/scheduler-bench.ts';

const firstOf = ({ sequences }: BenchRequest): number | undefined => sequences[0];

describe('an ordered target', () => {
  it('has one request in flight, the next one after its answer', async () => {
    const bench: SchedulerBench = new SchedulerBench({
      send: () =>
        new Promise((resolve) => {
          bench.runtime.startTimer(() => resolve(delivered), 10);
        }),
      ordered: true,
      concurrencyLimit: 8,
    });
    bench.add('a', 10);
    bench.add('b', 10);
    await bench.runtime.advance(5);
    expect(bench.requests.map(({ target }) => target)).toEqual(['a', 'b']);
    await bench.runtime.advance(200);
    const ofA = bench.requests.filter(({ target }) => target === 'a').map(firstOf);
    expect(ofA).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(bench.mostInFlight).toBe(2);
  });

  it('has a failed request sent again before all that came after it', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 1 || index === 2 ? retryable() : delivered),
      ordered: true,
    });
    bench.add('a', 4);
    await bench.runtime.advance(1000);
    expect(bench.requests.map(firstOf)).toEqual([1, 2, 2, 2, 3, 4]);
  });

  it('has the rest of a partly accepted request sent before all that came after it', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) =>
        index === 0
          ? { status: 'partial', entries: [{ status: 'delivered' }, { status: 'retryable' }] }
          : delivered,
      ordered: true,
      limits: { maxEntries: 2 },
    });
    bench.add('a', 4);
    await bench.runtime.advance(1000);
    expect(bench.requests.map(({ sequences }) => sequences)).toEqual([[1, 2], [2], [3, 4]]);
  });

  it('sends nothing else while an answer is worked in, though who hears of it asks for more', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) =>
        index === 0
          ? {
              status: 'partial',
              entries: [{ status: 'rejected', reason: 'rejected' }, { status: 'retryable' }],
            }
          : delivered,
      ordered: true,
      limits: { maxEntries: 2 },
    });
    const note = bench.fates.set.bind(bench.fates);
    bench.fates.set = (sequence, fate) => {
      bench.scheduler.pump();
      return note(sequence, fate);
    };
    bench.add('a', 4);
    await bench.runtime.advance(1000);
    expect(bench.requests.map(({ sequences }) => sequences)).toEqual([[1, 2], [2], [3, 4]]);
  });

  it('keeps the order while a request is divided and a piece of it fails', async () => {
    const bench = new SchedulerBench({
      send: ({ index, sequences }) => {
        if (sequences.length > 1) return rejected({ divisible: true });
        return index % 2 === 0 ? retryable() : delivered;
      },
      ordered: true,
      limits: { maxEntries: 4 },
    });
    bench.add('a', 8);
    await bench.runtime.advance(20_000);
    const alone = bench.requests.filter(({ sequences }) => sequences.length === 1).map(firstOf);
    expect(alone).toEqual([...alone].sort((a = 0, b = 0) => a - b));
    expect(bench.fates.size).toBe(8);
  });

  it('sends the failed request again when its wait is over, though nothing else happens', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable() : delivered),
      ordered: true,
      limits: { maxEntries: 2 },
      retry: { initialBackoffMillis: 10_000, maxBackoffMillis: 10_000, backoffMultiplier: 1 },
      random: () => 0.5,
    });
    const sequences = bench.add('a', 1);
    await bench.runtime.advance(100);
    sequences.push(...bench.add('a', 1));
    await bench.runtime.advance(5000);
    expect(bench.fatesOf(sequences)).toEqual(['delivered', 'delivered']);
  });

  it('goes on with the next request when one has run out of time', async () => {
    const bench = new SchedulerBench({
      send: ({ sequences }) => (sequences[0] === 1 ? neverAnswers : delivered),
      ordered: true,
      timeoutMillis: 3000,
    });
    const [first = 0] = bench.add('a', 1);
    await bench.runtime.advance(2000);
    const [second = 0] = bench.add('a', 1);
    await bench.runtime.advance(2000);
    expect(bench.fates.get(first)).toBe('timeout');
    expect(bench.fates.get(second)).toBe('delivered');
  });
});
