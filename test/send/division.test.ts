import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { delivered, rejected, retryable } from '../support/outcomes.ts';
import { type BenchRequest, type BenchSender, SchedulerBench } from '../support/scheduler-bench.ts';

/** Refuses every request with one of these in it. */
const refusing =
  (poison: readonly number[]): BenchSender =>
  ({ sequences }) =>
    sequences.some((sequence) => poison.includes(sequence))
      ? rejected({ divisible: true })
      : delivered;

const lengthOf = ({ sequences }: BenchRequest): number => sequences.length;

describe('a refused request that can be divided', () => {
  it.each([[[1]], [[64]], [[17, 40]], [[1, 2, 63, 64]]])(
    'loses the entries %j and none of their neighbours',
    async (poison) => {
      const bench = new SchedulerBench({ send: refusing(poison), limits: { maxEntries: 64 } });
      const sequences = bench.add('a', 64);
      await bench.runtime.settle();
      const lost = sequences.filter((sequence) => bench.fates.get(sequence) === 'rejected');
      expect(lost).toEqual(poison);
      expect([...bench.fates.values()].filter((fate) => fate === 'delivered')).toHaveLength(
        64 - poison.length,
      );
      expect(bench.requests.length).toBeLessThanOrEqual(1 + poison.length * 2 * 6);
    },
  );

  it('sends no entry again that was accepted', async () => {
    const bench = new SchedulerBench({ send: refusing([5]), limits: { maxEntries: 64 } });
    bench.add('a', 64);
    await bench.runtime.settle();
    const accepted = bench.requests
      .filter(({ sequences }) => !sequences.includes(5))
      .flatMap(({ sequences }) => sequences);
    expect(new Set(accepted).size).toBe(accepted.length);
  });

  it('is given up as a whole after some calls when the service refuses every piece', async () => {
    const bench = new SchedulerBench({
      send: () => rejected({ divisible: true }),
      limits: { maxEntries: 10_000 },
    });
    bench.add('a', 10_000);
    await bench.runtime.settle();
    expect([...bench.fates.values()].every((fate) => fate === 'rejected')).toBe(true);
    expect(bench.fates.size).toBe(10_000);
    expect(bench.requests.length).toBeLessThan(200);
  });

  it('is divided further when pieces are accepted, however many entries are bad', async () => {
    const poison = Array.from({ length: 50 }, (_, index) => 2 + index * 4);
    const bench = new SchedulerBench({ send: refusing(poison), limits: { maxEntries: 200 } });
    const sequences = bench.add('a', 200);
    await bench.runtime.settle();
    const lost = sequences.filter((sequence) => bench.fates.get(sequence) === 'rejected');
    expect(lost).toEqual(poison);
  });

  it('has a piece sent again when that fails for another reason', async () => {
    const bench = new SchedulerBench({
      send: ({ index, sequences }): SendOutcome => {
        if (sequences.includes(3)) return rejected({ divisible: true });
        return index < 4 ? retryable() : delivered;
      },
      limits: { maxEntries: 8 },
    });
    bench.add('a', 8);
    await bench.runtime.advance(5000);
    expect(bench.fates.get(3)).toBe('rejected');
    expect([...bench.fates.values()].filter((fate) => fate === 'delivered')).toHaveLength(7);
  });

  it('counts as settled for a flush when its last piece is', async () => {
    let answer: (outcome: SendOutcome) => void = () => {};
    const bench = new SchedulerBench({
      send: ({ sequences }) => {
        if (sequences.length > 2) return rejected({ divisible: true });
        if (sequences.includes(1)) return delivered;
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
      limits: { maxEntries: 4 },
    });
    bench.add('a', 4);
    let isSettled = false;
    void bench.scheduler.whenSettled().then(() => {
      isSettled = true;
    });
    await bench.runtime.settle();
    expect(bench.requests.map(lengthOf)).toEqual([4, 2, 2]);
    expect(isSettled).toBe(false);
    answer(delivered);
    await bench.runtime.settle();
    expect(isSettled).toBe(true);
  });

  it('is not divided any more when all is stopped in the same moment', async () => {
    const bench = new SchedulerBench({
      send: () => {
        void Promise.resolve().then(() => bench.scheduler.stop());
        return rejected({ divisible: true });
      },
      limits: { maxEntries: 4 },
    });
    const sequences = bench.add('a', 4);
    await bench.runtime.settle();
    expect(bench.fatesOf(sequences).every((fate) => fate !== undefined)).toBe(true);
    await bench.scheduler.whenSettled();
  });
});

describe('a refused request that cannot be divided', () => {
  it('is lost as a whole, with the reason of the service', async () => {
    const bench = new SchedulerBench({
      send: () => rejected({ reason: 'expired' }),
      limits: { maxEntries: 4 },
    });
    const sequences = bench.add('a', 4);
    await bench.runtime.settle();
    expect(bench.fatesOf(sequences)).toEqual(['expired', 'expired', 'expired', 'expired']);
    expect(bench.requests).toHaveLength(1);
    expect(bench.finished[0]?.error?.message).toBe('refused');
  });
});
