import type { MemoryBudget } from './memory-budget.ts';

export interface FairMemoryLane<T> {
  readonly target: T;
  readonly lane: { isResponsive(nowMillis: number): boolean };
  /** Since when the target holds more than its share; undefined while it does not. */
  overShareSinceMillis: number | undefined;
}

export interface FairMemoryLanes<Lane> {
  /** Some other target is not failing: its records may wait behind those of `lane`. */
  hasResponsiveOther(lane: Lane, nowMillis: number): boolean;
}

/** A target that holds no more of its share than this is never refused. */
export const MAY_BE_REFUSED_SHARE = 0.5;
/** A target that has held more than its share for so long is slow, whatever it answers. */
const SLOW_AFTER_MILLIS = 1000;
/**
 * When no target answers, it is most likely not their fault: the process has just started and loads its client,
 * or has no processor time. But one that is met for the first time may wait behind them.
 */
const ALL_SILENT_MILLIS = 10_000;

/**
 * May a target have more of the memory, beside others that need some?
 *
 * `wait` holds up the records behind it, so it is for a moment only; then the records of a target that
 * does not keep up are refused until it has caught up, and those of the others go on. A target that answers
 * has the time it takes while the others are down: they need no room.
 */
export function fairMemory<T, Lane extends FairMemoryLane<T>>(
  lane: Lane,
  memory: MemoryBudget<T>,
  nowMillis: number,
  lanes: FairMemoryLanes<Lane>,
): 'take' | 'wait' | 'refuse' {
  const share = memory.shareOf(lane.target);
  const wasOverShare = lane.overShareSinceMillis !== undefined;
  const isLimited = share > 1 || (wasOverShare && share > MAY_BE_REFUSED_SHARE);
  if (!isLimited) {
    lane.overShareSinceMillis = undefined;
    return 'take';
  }
  lane.overShareSinceMillis ??= nowMillis;
  const overMillis = nowMillis - lane.overShareSinceMillis;
  const isResponsive = lane.lane.isResponsive(nowMillis);
  const keepsUp = isResponsive && overMillis < SLOW_AFTER_MILLIS;
  const isHopeless = !isResponsive && overMillis >= ALL_SILENT_MILLIS;
  if (isHopeless || (!keepsUp && lanes.hasResponsiveOther(lane, nowMillis))) return 'refuse';
  return share > 1 ? 'wait' : 'take';
}
