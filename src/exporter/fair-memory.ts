import type { MemoryBudget } from './memory-budget.ts';

export interface FairMemoryLane<T> {
  readonly target: T;
  readonly lane: { isResponsive(nowMillis: number): boolean };
  /** Since when the target holds more than its share; undefined while it does not. */
  overShareSinceMillis: number | undefined;
}

/** A target that has held more than its share for so long is slow, whatever it answers. */
const SLOW_AFTER_MILLIS = 1000;

/**
 * May a target have more of the memory, beside others that need some?
 *
 * `wait` holds up the records behind it, so it is for a moment only; then the records of a target that
 * does not keep up are refused until it has caught up, and those of the others go on.
 */
export function fairMemory<T>(
  lane: FairMemoryLane<T>,
  memory: MemoryBudget<T>,
  nowMillis: number,
): 'take' | 'wait' | 'refuse' {
  const share = memory.shareOf(lane.target);
  const isLimited = share > 1 || (lane.overShareSinceMillis !== undefined && share > 0.5);
  if (!isLimited) {
    lane.overShareSinceMillis = undefined;
    return 'take';
  }
  lane.overShareSinceMillis ??= nowMillis;
  const isSlow = nowMillis - lane.overShareSinceMillis >= SLOW_AFTER_MILLIS;
  if (isSlow || !lane.lane.isResponsive(nowMillis)) return 'refuse';
  return share > 1 ? 'wait' : 'take';
}
