import { setTimeout as wait } from 'node:timers/promises';
import { lookAtSpeed, prepareLooks } from './machine-speed.ts';

const LOOK_EVERY_MILLIS = 20;
const LOOKS_AT_ONCE = 10;
/** One may have been interrupted. */
const MAX_SLOW_LOOKS = 1;

/** For how long somebody else who slows the processor down is waited for. */
export interface Patience {
  readonly patienceMillis: number;
}

/** Says in a section's method what `untilFullSpeed` did. */
export function patienceText({ patienceMillis }: Patience): string {
  return `each begins at a moment when nobody else slows the processor down, after ${patienceMillis / 1000} s in any case`;
}

/** Waits for a moment at which the processor has its full speed, at most so long. */
export async function untilFullSpeed({ patienceMillis }: Patience): Promise<void> {
  if (patienceMillis === 0) return;
  prepareLooks();
  const deadline = performance.now() + patienceMillis;
  while (!hasFullSpeed() && performance.now() < deadline) await wait(LOOK_EVERY_MILLIS);
}

function hasFullSpeed(): boolean {
  const looks = Array.from({ length: LOOKS_AT_ONCE }, lookAtSpeed);
  return looks.filter(({ isSlow }) => isSlow).length <= MAX_SLOW_LOOKS;
}
