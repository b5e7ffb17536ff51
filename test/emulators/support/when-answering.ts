import { setTimeout } from 'node:timers/promises';
import type { Child } from './child.ts';

const PATIENCE_MILLIS = 45_000;
const PAUSE_MILLIS = 50;

/** Resolves when `url` answers 200; rejects when its process ends or takes too long. */
export async function whenAnswering(url: string, child: Child): Promise<void> {
  const end = performance.now() + PATIENCE_MILLIS;
  while (child.isRunning && performance.now() < end) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await setTimeout(PAUSE_MILLIS);
  }
  throw child.failure(`does not answer at ${url}`);
}
