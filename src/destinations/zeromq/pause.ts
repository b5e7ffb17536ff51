import type { Clock } from '../../send/clock.ts';

/** Waits so long, or until `signal` aborts, and lets the process end meanwhile. */
export function pause(
  millis: number,
  signal: AbortSignal,
  clock: Pick<Clock, 'startTimer'>,
): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancelTimer();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancelTimer = clock.startTimer(end, millis);
    signal.addEventListener('abort', end);
  });
}
