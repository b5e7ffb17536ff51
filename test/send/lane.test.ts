import { expect, it } from 'vitest';
import { delivered, neverAnswers } from '../support/outcomes.ts';
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
