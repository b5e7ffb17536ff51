import { expect, it } from 'vitest';
import { WakeTimer } from '../../src/send/wake-timer.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';
import { delivered, retryable } from '../support/outcomes.ts';
import { SchedulerBench } from '../support/scheduler-bench.ts';

const DAY_MILLIS = 86_400_000;
/** The longest wait of a Node.js timer is 24.8 days. */
const MAX_TIMER_MILLIS = 2_147_483_647;

it('a wait that is longer than any timer begins with the longest one', () => {
  const runtime = new FakeRuntime();
  const timer = new WakeTimer(runtime, () => {});
  timer.arm(runtime.monotonicMillis() + 60 * DAY_MILLIS);
  expect(runtime.pendingTimers).toEqual([MAX_TIMER_MILLIS]);
});

it('a request that waits longer than any timer goes when its time has come', async () => {
  const bench = new SchedulerBench({
    send: ({ index }) => (index === 0 ? retryable(50 * DAY_MILLIS) : delivered),
    timeoutMillis: 90 * DAY_MILLIS,
  });
  const sequences = bench.add('a', 1);
  await bench.runtime.advance(50 * DAY_MILLIS - 1);
  expect(bench.requests).toHaveLength(1);
  await bench.runtime.advance(1);
  expect(bench.fatesOf(sequences)).toEqual(['delivered']);
  expect(bench.bugs).toEqual([]);
});
