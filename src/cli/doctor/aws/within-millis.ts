import { setTimeout as wait } from 'node:timers/promises';

/** Rejects with a `CredentialsProviderError` of our own when it takes longer. */
export async function withinMillis<T>(work: Promise<T>, maxMillis: number): Promise<T> {
  const timer = new AbortController();
  const timeout = wait(maxMillis, undefined, { signal: timer.signal }).then(() => {
    const error = new Error(`No credentials within ${maxMillis} ms`);
    error.name = 'CredentialsProviderError';
    throw error;
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    timer.abort();
    // Aborted: it rejects, and nobody waits for it any more.
    timeout.catch(() => {});
  }
}
