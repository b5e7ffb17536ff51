import { describe, expect, it } from 'vitest';
import { coalesce } from '../../src/processor/coalesce.ts';

/** A task whose runs the test ends one by one. */
function setUp() {
  const ends: (() => void)[] = [];
  const call = coalesce(
    () =>
      new Promise<void>((resolve) => {
        ends.push(resolve);
      }),
  );
  return { call, ends };
}

describe('a coalesced task', () => {
  it('runs once for all calls that come during a run, after that run', async () => {
    const { call, ends } = setUp();
    const first = call();
    const second = call();
    const third = call();
    expect(ends.length).toBe(1);
    ends[0]?.();
    await first;
    await expect.poll(() => ends.length).toBe(2);
    ends[1]?.();
    await Promise.all([second, third]);
    expect(ends.length).toBe(2);
  });

  it('never runs twice at a time, also for a call at the very end of a run', async () => {
    let running = 0;
    let most = 0;
    const call = coalesce(async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    });
    const callAgain = async (times: number): Promise<void> => {
      await call();
      if (times > 0) await Promise.all([callAgain(times - 1), call()]);
    };
    await Promise.all([callAgain(20), callAgain(20), call()]);
    expect(most).toBe(1);
  });
});
