import { describe, expect, it } from 'vitest';
import type { EntryOutcome, SendOutcome } from '../../src/send/send-outcome.ts';
import { delivered } from '../support/outcomes.ts';
import { SchedulerBench } from '../support/scheduler-bench.ts';

const limits = { maxEntries: 4 };
const again: EntryOutcome = { status: 'retryable', error: new Error('busy') };
const taken: EntryOutcome = { status: 'delivered' };
const refused: EntryOutcome = { status: 'rejected', reason: 'too_old', error: new Error('old') };

const firstThen =
  (first: SendOutcome) =>
  ({ index }: { readonly index: number }): SendOutcome =>
    index === 0 ? first : delivered;

describe('a request of which a part was accepted', () => {
  it('has only the rest sent again', async () => {
    const bench = new SchedulerBench({
      send: firstThen({ status: 'partial', entries: [taken, again, taken, again] }),
      limits,
    });
    bench.add('a', 4);
    await bench.runtime.advance(100);
    expect(bench.requests.map(({ sequences }) => sequences)).toEqual([
      [1, 2, 3, 4],
      [2, 4],
    ]);
    expect(bench.retried).toBe(2);
    expect(bench.fates.size).toBe(4);
  });

  it('is done when the rest was refused, with the error of the first', async () => {
    const bench = new SchedulerBench({
      send: firstThen({ status: 'partial', entries: [taken, refused, refused, taken] }),
      limits,
    });
    const sequences = bench.add('a', 4);
    await bench.runtime.settle();
    expect(bench.fatesOf(sequences)).toEqual(['delivered', 'too_old', 'too_old', 'delivered']);
    expect(bench.finished[0]?.error?.message).toBe('old');
  });

  it('is done without an error when the answer says delivered of each', async () => {
    const bench = new SchedulerBench({
      send: firstThen({ status: 'partial', entries: [taken, taken] }),
      limits: { maxEntries: 2 },
    });
    bench.add('a', 2);
    await bench.runtime.settle();
    expect(bench.finished).toEqual([{ target: 'a', durationMillis: 0 }]);
  });

  it.each([
    { status: 'partial', entries: [taken, refused], httpStatusCode: 207 },
    { status: 'delivered', httpStatusCode: 204 },
  ] as const)('is done with the status of the answer: %o', async (outcome) => {
    const bench = new SchedulerBench({ send: firstThen(outcome), limits: { maxEntries: 2 } });
    bench.add('a', 2);
    await bench.runtime.settle();
    expect(bench.finished).toMatchObject([{ httpStatusCode: outcome.httpStatusCode }]);
  });

  it('waits as long as the service asks before the rest goes', async () => {
    const bench = new SchedulerBench({
      send: firstThen({
        status: 'partial',
        entries: [taken, again, taken, taken],
        retryAfterMillis: 5000,
      }),
      limits,
    });
    bench.add('a', 4);
    await bench.runtime.advance(4999);
    expect(bench.requests).toHaveLength(1);
    await bench.runtime.advance(1);
    expect(bench.requests).toHaveLength(2);
  });

  it('loses no entry when the answer is shorter or longer than the request', async () => {
    for (const entries of [[], [taken], [again, taken, taken, taken, refused, refused]]) {
      const bench = new SchedulerBench({
        send: firstThen({ status: 'partial', entries }),
        limits,
      });
      const sequences = bench.add('a', 4);
      await bench.runtime.advance(100);
      expect(bench.fatesOf(sequences)).toEqual(sequences.map(() => 'delivered'));
    }
  });

  it('fails as a whole when no entry of it was decided', async () => {
    const bench = new SchedulerBench({
      send: () => ({ status: 'partial', entries: [again, again, again, again] }),
      limits,
      timeoutMillis: 20_000,
    });
    const sequences = bench.add('a', 4);
    await bench.runtime.advance(20_000);
    expect(bench.fatesOf(sequences)).toEqual(sequences.map(() => 'retry_exhausted'));
    expect(bench.dropErrors[0]?.message).toBe('busy');
    expect(bench.lane('a').lane.isTroubled).toBe(true);
  });
});
