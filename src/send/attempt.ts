import { checkedOutcome } from './checked-outcome.ts';
import type { Clock } from './clock.ts';
import { readableError } from './readable-error.ts';
import type { SendOutcome } from './send-outcome.ts';
import type { StopSignal } from './stop-signal.ts';

export interface AttemptResult {
  readonly outcome: SendOutcome;
  readonly timedOut: boolean;
}

/**
 * Runs one attempt to its end, to its time limit or to the abort of `stop`, whichever is first.
 *
 * A sender that does not heed its signal is left behind: nothing waits for it any more.
 */
export function runAttempt(
  send: (signal: AbortSignal) => Promise<SendOutcome>,
  options: { readonly timeoutMillis: number; readonly clock: Clock; readonly stop: StopSignal },
): Promise<AttemptResult> {
  const { timeoutMillis, clock, stop } = options;
  return new Promise((resolve) => {
    const abort = new AbortController();
    const finish = (outcome: SendOutcome, timedOut: boolean): void => {
      cancelTimer();
      forgetStop();
      resolve({ outcome, timedOut });
    };
    const forgetStop = stop.onStop(() => {
      abort.abort();
      finish({ status: 'retryable', error: new Error('The attempt was stopped') }, false);
    });
    const cancelTimer = clock.startTimer(() => {
      abort.abort();
      const error = new Error(`No answer within ${Math.round(timeoutMillis)} ms`);
      error.name = 'TimeoutError';
      finish({ status: 'retryable', error }, true);
    }, timeoutMillis);
    void callSender(send, abort.signal).then((outcome) => finish(outcome, false));
  });
}

/** A sender that throws has a bug or is the user's own: its records are tried again, not lost. */
async function callSender(
  send: (signal: AbortSignal) => Promise<SendOutcome>,
  signal: AbortSignal,
): Promise<SendOutcome> {
  try {
    return checkedOutcome(await send(signal));
  } catch (thrown) {
    return { status: 'retryable', error: readableError(thrown, 'The sender threw') };
  }
}

/**
 * How long one attempt may take: half of the batch's time, so that a second one is possible, yet long
 * enough for 4 MiB over a slow line, and the whole time where it is short.
 */
export function attemptTimeoutMillis(timeoutMillis: number): number {
  return Math.min(30_000, Math.max(10_000, timeoutMillis / 2));
}
