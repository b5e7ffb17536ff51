import { describe, expect, it } from 'vitest';
import { attemptTimeoutMillis } from '../../src/send/attempt.ts';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { delivered, neverAnswers, retryable } from '../support/outcomes.ts';
import { SchedulerBench } from '../support/scheduler-bench.ts';

describe('one attempt', () => {
  it('ends after its time limit when the sender never answers, and is made again', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? neverAnswers : delivered),
      timeoutMillis: 60_000,
    });
    const sequences = bench.add('a', 1);
    await bench.runtime.advance(29_999);
    expect(bench.requests[0]?.signal.aborted).toBe(false);
    await bench.runtime.advance(1);
    expect(bench.requests[0]?.signal.aborted).toBe(true);
    await bench.runtime.advance(1000);
    expect(bench.fatesOf(sequences)).toEqual(['delivered']);
  });

  it('is left behind when the sender does not heed its signal, and what it says later is not heard', async () => {
    let answerLate: (outcome: SendOutcome) => void = () => {};
    const bench = new SchedulerBench({
      send: () => new Promise((resolve) => (answerLate = resolve)),
      timeoutMillis: 8000,
    });
    const sequences = bench.add('a', 1);
    await bench.runtime.advance(8000);
    expect(bench.fatesOf(sequences)).toEqual(['timeout']);
    answerLate(delivered);
    await bench.runtime.advance(1000);
    expect(bench.fatesOf(sequences)).toEqual(['timeout']);
    expect(bench.bugs).toEqual([]);
  });

  it('has the name TimeoutError in its error when nobody answered', async () => {
    const bench = new SchedulerBench({ send: () => neverAnswers, timeoutMillis: 1500 });
    bench.add('a', 1);
    await bench.runtime.advance(1500);
    expect(bench.dropErrors[0]).toMatchObject({
      name: 'TimeoutError',
      message: 'No answer within 1500 ms',
    });
  });

  it('never lasts beyond the deadline of its request', async () => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? retryable(9000) : neverAnswers),
      timeoutMillis: 10_000,
    });
    const sequences = bench.add('a', 1);
    await bench.runtime.advance(9999);
    expect(bench.fatesOf(sequences)).toEqual([undefined]);
    await bench.runtime.advance(1);
    expect(bench.fatesOf(sequences)).toEqual(['retry_exhausted']);
  });

  it('takes at most half of the time, between 10 and 30 s', () => {
    expect([1000, 15_000, 25_000, 40_000, 300_000].map(attemptTimeoutMillis)).toEqual([
      10_000, 10_000, 12_500, 20_000, 30_000,
    ]);
  });

  it('leaves no timer of its own behind when it was answered', async () => {
    const bench = new SchedulerBench({ send: () => delivered });
    bench.add('a', 100);
    await bench.runtime.settle();
    expect(bench.fates.size).toBe(100);
    // The one that remains watches over the deadline of all.
    expect(bench.runtime.pendingTimers).toEqual([60_000]);
    await bench.runtime.advance(60_000);
    expect(bench.runtime.pendingTimers).toEqual([]);
  });
});

describe('a sender with a bug', () => {
  const bugs: readonly (readonly [string, () => unknown])[] = [
    [
      'throws',
      () => {
        throw new Error('bug');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('bug'))],
    ['throws something that is no error', () => Promise.reject('bug')],
    ['answers a number', () => 42],
    ['answers nothing', () => undefined],
    ['answers null', () => Promise.resolve(null)],
    ['answers the response of fetch', () => new Response('ok', { status: 200 })],
    ['answers a status that does not exist', () => ({ status: 'ok' })],
    ['answers partial without entries', () => ({ status: 'partial' })],
    ['answers partial with entries that are none', () => ({ status: 'partial', entries: [7] })],
    ['answers retryable without an error', () => ({ status: 'retryable' })],
    [
      'asks for a wait that is no number',
      () => ({ status: 'retryable', error: new Error('x'), retryAfterMillis: Number.NaN }),
    ],
    [
      'asks for a wait without end',
      () => ({ status: 'retryable', error: new Error('x'), retryAfterMillis: Infinity }),
    ],
    [
      'asks for a wait below zero',
      () => ({ status: 'retryable', error: new Error('x'), retryAfterMillis: -1 }),
    ],
    [
      'answers with a getter that throws',
      () => ({
        get status(): string {
          throw new Error('bug');
        },
      }),
    ],
  ];

  it.each(bugs)('that %s has its records sent again', async (_name, answer) => {
    const bench = new SchedulerBench({
      send: ({ index }) => (index === 0 ? (answer() as SendOutcome) : delivered),
    });
    const sequences = bench.add('a', 1);
    await bench.runtime.advance(1000);
    expect(bench.fatesOf(sequences)).toEqual(['delivered']);
    expect(bench.requests).toHaveLength(2);
    expect(bench.bugs).toEqual([]);
  });

  it.each(bugs)('that always %s loses its records by name, not in silence', async (_n, answer) => {
    const bench = new SchedulerBench({ send: () => answer() as SendOutcome, timeoutMillis: 5000 });
    const sequences = bench.add('a', 1);
    await bench.runtime.advance(5000);
    expect(bench.fatesOf(sequences)).toEqual(['retry_exhausted']);
    expect(bench.dropErrors[0]).toBeInstanceOf(Error);
  });

  it('that rejects with a word of its own has its records counted as rejected', async () => {
    const answer = { status: 'rejected', reason: 'because', error: 'text' };
    const bench = new SchedulerBench({ send: () => JSON.parse(JSON.stringify(answer)) });
    const sequences = bench.add('a', 1);
    await bench.runtime.settle();
    expect(bench.fatesOf(sequences)).toEqual(['rejected']);
    expect(bench.dropErrors[0]).toBeInstanceOf(Error);
  });
});
