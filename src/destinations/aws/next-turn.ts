import { setImmediate } from 'node:timers/promises';

/** Resolves in the next turn of the event loop, with the milliseconds until then. */
export async function nextTurn(): Promise<number> {
  const start = performance.now();
  await setImmediate();
  return performance.now() - start;
}
