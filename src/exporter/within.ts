import type { Runtime } from './runtime.ts';

/**
 * Waits for `work`, at most so long, and keeps the process alive meanwhile; false when the time ran out.
 *
 * @param work Never rejects.
 */
export async function within(
  maxMillis: number,
  work: Promise<unknown>,
  runtime: Pick<Runtime, 'startTimer' | 'holdProcess'>,
): Promise<boolean> {
  let cancelTimer = (): void => {};
  const timeout = new Promise<boolean>((resolve) => {
    cancelTimer = runtime.startTimer(() => resolve(false), maxMillis);
  });
  // After the timer: a hold that ends a moment before it lets the process go with its work undone.
  const release = runtime.holdProcess(maxMillis);
  const isDone = await Promise.race([work.then(() => true), timeout]);
  cancelTimer();
  release();
  return isDone;
}
