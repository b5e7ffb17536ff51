import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EntryOutcome, SendOutcome } from '../../src/send/send-outcome.ts';
import { NotedExpectations } from '../support/noted-expectations.ts';
import { SchedulerBench } from '../support/scheduler-bench.ts';

type Step =
  | { readonly kind: 'add'; readonly target: string; readonly count: number }
  | { readonly kind: 'advance'; readonly millis: number }
  | { readonly kind: 'flush'; readonly alsoServiceWaits: boolean };

const entryOutcome: fc.Arbitrary<EntryOutcome> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<EntryOutcome>({ status: 'delivered' }) },
  fc.constant<EntryOutcome>({ status: 'retryable' }),
  fc.constant<EntryOutcome>({ status: 'rejected', reason: 'too_old' }),
);

const outcome: fc.Arbitrary<SendOutcome | 'throw' | 'never'> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<SendOutcome>({ status: 'delivered' }) },
  fc.constant<SendOutcome>({ status: 'retryable', error: new Error('r') }),
  fc.nat(20_000).map(
    (wait): SendOutcome => ({
      status: 'retryable',
      error: new Error('w'),
      retryAfterMillis: wait,
    }),
  ),
  fc.boolean().map(
    (divisible): SendOutcome => ({
      status: 'rejected',
      reason: 'rejected',
      error: new Error('x'),
      divisible,
    }),
  ),
  fc
    .array(entryOutcome, { maxLength: 12 })
    .map((entries): SendOutcome => ({ status: 'partial', entries })),
  fc.constantFrom('throw' as const, 'never' as const),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      target: fc.constantFrom('a', 'b', 'c'),
      count: fc.integer({ min: 1, max: 25 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('advance' as const), millis: fc.nat(3000) }),
  },
  fc.record({ kind: fc.constant('flush' as const), alsoServiceWaits: fc.boolean() }),
);

const scenario = fc.record({
  seed: fc.integer(),
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
  answers: fc.array(fc.record({ outcome, latencyMillis: fc.nat(4000) }), {
    minLength: 1,
    maxLength: 20,
  }),
  concurrencyLimit: fc.integer({ min: 1, max: 9 }),
  ordered: fc.boolean(),
  maxEntries: fc.integer({ min: 1, max: 10 }),
  timeoutMillis: fc.integer({ min: 100, max: 60_000 }),
  endsWithStop: fc.boolean(),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

async function play(scene: Scenario): Promise<SchedulerBench> {
  const { answers, concurrencyLimit, maxEntries, ordered, seed, timeoutMillis } = scene;
  const limits = { maxEntries, maxRequestBytes: 200, entryOverheadBytes: 3 };
  const noted = new NotedExpectations();
  const bench: SchedulerBench = new SchedulerBench({
    seed,
    concurrencyLimit,
    ordered,
    timeoutMillis,
    limits,
    send: ({ index, sequences }) => {
      const answer = answers[index % answers.length];
      noted.check(() => {
        expect(sequences.length).toBeLessThanOrEqual(maxEntries);
        expect(sequences.length * 13).toBeLessThanOrEqual(200);
        expect(sequences.filter((sequence) => bench.fates.has(sequence))).toEqual([]);
      });
      if (answer === undefined || answer.outcome === 'never') return new Promise(() => {});
      if (answer.outcome === 'throw') throw new Error('thrown');
      const { latencyMillis, outcome: result } = answer;
      return new Promise((resolve) => {
        bench.runtime.startTimer(() => resolve(result), latencyMillis);
      });
    },
  });
  for (const move of scene.steps) {
    if (move.kind === 'add') bench.add(move.target, move.count);
    else if (move.kind === 'advance') await bench.runtime.advance(move.millis);
    else bench.scheduler.flush(move);
  }
  bench.scheduler.flush({ alsoServiceWaits: false });
  if (scene.endsWithStop) bench.scheduler.stop();
  // An attempt has a millisecond at least, so that one can end that much after the deadline.
  await bench.runtime.advance(timeoutMillis + 1);
  noted.confirm();
  return bench;
}

function addedCount({ steps }: Scenario): number {
  return steps.reduce((sum, move) => sum + (move.kind === 'add' ? move.count : 0), 0);
}

it('whatever happens, each entry has one fate by its deadline and the limit of requests is kept', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (scene) => {
      const bench = await play(scene);
      expect(bench.fates.size).toBe(addedCount(scene));
      expect(bench.mostInFlight).toBeLessThanOrEqual(scene.concurrencyLimit);
      expect(bench.bugs).toEqual([]);
      await bench.runtime.advanceUntil(bench.scheduler.whenSettled());
    }),
    { numRuns: 300 },
  );
});

it('an ordered target never sees an entry for the first time before one that came earlier', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (scene) => {
      const bench = await play({ ...scene, ordered: true });
      for (const target of ['a', 'b', 'c']) {
        const seen = new Set<number>();
        for (const request of bench.requests) {
          if (request.target !== target) continue;
          for (const sequence of request.sequences) seen.add(sequence);
        }
        expect([...seen]).toEqual([...seen].sort((one, other) => one - other));
      }
    }),
    { numRuns: 300 },
  );
});

it('an ordered target has at most one request in flight', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (scene) => {
      const bench = await play({
        ...scene,
        ordered: true,
        steps: scene.steps.map((move) => (move.kind === 'add' ? { ...move, target: 'a' } : move)),
      });
      expect(bench.mostInFlight).toBeLessThanOrEqual(1);
    }),
    { numRuns: 200 },
  );
});
