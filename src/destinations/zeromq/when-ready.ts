import type { SendChannel } from './send-channel.ts';

const FIRST_WAIT_MILLIS = 1;
const LONGEST_WAIT_MILLIS = 50;

/**
 * True as soon as the channel takes messages, false after the time or when `signal` aborts.
 *
 * It looks again and again, and lets the process end meanwhile: a wait inside ZeroMQ can neither be ended nor
 * does it let the process go.
 */
export async function whenReady(
  channel: SendChannel,
  { signal, timeoutMillis }: { readonly signal: AbortSignal; readonly timeoutMillis: number },
): Promise<boolean> {
  const endMillis = performance.now() + timeoutMillis;
  let waitMillis = FIRST_WAIT_MILLIS;
  while (!signal.aborted) {
    if (channel.isReady) return true;
    const leftMillis = endMillis - performance.now();
    if (leftMillis <= 0) return false;
    await pause(Math.min(waitMillis, leftMillis), signal);
    waitMillis = Math.min(2 * waitMillis, LONGEST_WAIT_MILLIS);
  }
  return false;
}

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, millis);
    timer.unref();
    signal.addEventListener('abort', end);
  });
}
