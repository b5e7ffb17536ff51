import { expect, it } from 'vitest';
import { noteAnswer } from '../../src/send/lane-health.ts';
import { delivered, neverAnswers, retryable } from '../support/outcomes.ts';
import { SchedulerBench } from '../support/scheduler-bench.ts';

it('a target is responsive until it lets us wait for a second', async () => {
  const bench = new SchedulerBench({
    send: ({ index }) => (index === 0 ? delivered : neverAnswers),
  });
  const { lane } = bench.lane('a');
  const isResponsive = (): boolean => lane.isResponsive(bench.runtime.monotonicMillis());
  expect(isResponsive()).toBe(true);
  bench.add('a', 1);
  await bench.runtime.settle();
  await bench.runtime.advance(5000);
  expect(isResponsive()).toBe(true);
  bench.add('a', 1);
  await bench.runtime.advance(1000);
  expect(isResponsive()).toBe(true);
  await bench.runtime.advance(1);
  expect(isResponsive()).toBe(false);
});

it('a target fails again and again at the fifth failure since its last answer', () => {
  const bench = new SchedulerBench({ send: () => delivered });
  const { lane } = bench.lane('a');
  const ignore = (): void => {};
  lane.recordFailure({ isHopeless: false });
  noteAnswer(lane, {
    observer: { troubled: ignore, recovered: ignore },
    clock: bench.runtime,
    random: () => 0,
    retry: { initialBackoffMillis: 100, maxBackoffMillis: 1000, backoffMultiplier: 2 },
    timeoutMillis: 1000,
  });
  const troubles = [1, 2, 3, 4, 5].map(() => {
    lane.recordFailure({ isHopeless: false });
    return lane.isTroubled;
  });
  expect(troubles).toEqual([false, false, false, false, true]);
});

it('a target is idle when nothing is open, ready, waiting or in flight', async () => {
  const bench = new SchedulerBench({ send: () => delivered, limits: { maxEntries: 2 } });
  const { lane } = bench.lane('a');
  expect(lane.isIdle).toBe(true);
  bench.scheduler.moreIsComing = true;
  bench.add('a', 1);
  expect(lane.isIdle).toBe(false);
  bench.add('a', 1);
  expect(lane.isIdle).toBe(false);
  await bench.runtime.settle();
  expect(lane.isIdle).toBe(true);
});

it.each([
  [false, [undefined, 'shut_down', 'shut_down']],
  [true, ['shut_down', 'shut_down', 'shut_down']],
])(
  'a target that fails gives up what was not tried yet (and what was tried: %s)',
  async (alsoTried, fates) => {
    const bench = new SchedulerBench({ concurrencyLimit: 1, send: () => retryable(5000) });
    const { lane } = bench.lane('a');
    const sequences = bench.add('a', 3);
    await bench.runtime.settle();
    expect(lane.inFlight).toBe(0);
    bench.scheduler.giveUp(lane, () => true, { error: new Error('The target fails'), alsoTried });
    expect(bench.fatesOf(sequences)).toEqual(fates);
  },
);
