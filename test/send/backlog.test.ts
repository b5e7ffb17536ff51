import { describe, expect, it } from 'vitest';
import { delivered, retryable } from '../support/outcomes.ts';
import { type BenchOptions, SchedulerBench } from '../support/scheduler-bench.ts';

const LIMITS = { concurrencyLimit: 4, backlogConcurrencyLimit: 12 };

/** Every request is answered after 100 ms. */
function farBench(options: Partial<BenchOptions> = {}): SchedulerBench {
  const bench: SchedulerBench = new SchedulerBench({
    ...LIMITS,
    send: () =>
      new Promise((resolve) => {
        bench.runtime.startTimer(() => resolve(delivered), 100);
      }),
    ...options,
  });
  return bench;
}

describe('requests that pile up', () => {
  it('for a far target go beside more others, up to the limit for a backlog', async () => {
    const bench = farBench();
    bench.add('far', 100);
    await bench.runtime.advance(1000);
    expect(bench.mostInFlight).toBe(12);
    expect(bench.fates.size).toBe(100);
  });

  it('and no longer do go beside as many as always', async () => {
    const bench = farBench();
    bench.add('far', 30);
    await bench.runtime.advance(5000);
    bench.mostInFlight = 0;
    for (let round = 0; round < 20; round += 1) {
      bench.add('far', 4);
      await bench.runtime.advance(100);
    }
    expect(bench.mostInFlight).toBe(4);
  });

  it('for a target that has not answered yet, or fails, wait', async () => {
    const bench: SchedulerBench = farBench({ send: () => retryable() });
    bench.add('bad', 100);
    await bench.runtime.advance(5000);
    expect(bench.mostInFlight).toBeLessThanOrEqual(4);
  });

  it('take no place of other targets', async () => {
    const bench = farBench();
    bench.add('far', 500);
    await bench.runtime.advance(500);
    expect(bench.inFlight).toBe(12);
    bench.add('near', 1);
    await bench.runtime.advance(0);
    expect(bench.requests.at(-1)?.target).toBe('near');
    expect(bench.inFlight).toBe(13);
  });
});
