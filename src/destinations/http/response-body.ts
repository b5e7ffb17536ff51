import type { Dispatcher } from 'undici';
import { HTTP_LIMITS } from './http-limits.ts';

type Body = Dispatcher.ResponseData['body'];

/** Reads an answer that nobody needs, so that its connection can be used again; a long or slow one is cut. */
export async function discardBody(
  body: Body,
  timeoutMillis: number = HTTP_LIMITS.answerTimeoutMillis,
): Promise<void> {
  const stopWaiting = cutLater(body, timeoutMillis);
  try {
    await body.dump({ limit: HTTP_LIMITS.maxIgnoredAnswerBytes });
  } catch {
    // The status was told already; how the answer ends changes nothing.
  } finally {
    stopWaiting();
  }
}

/** Reads at most `maxAnswerBytes`. Answers nothing when the end was lost or did not come in time. */
export async function readBody(
  body: Body,
  timeoutMillis: number = HTTP_LIMITS.answerTimeoutMillis,
): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const stopWaiting = cutLater(body, timeoutMillis);
  try {
    for await (const piece of body) {
      pieces.push(Buffer.from(piece));
      bytes += pieces.at(-1)?.length ?? 0;
      if (bytes >= HTTP_LIMITS.maxAnswerBytes) break;
    }
    return Buffer.concat(pieces).subarray(0, HTTP_LIMITS.maxAnswerBytes).toString('utf8');
  } catch {
    return undefined;
  } finally {
    stopWaiting();
  }
}

/**
 * Ends an answer that takes too long, unless the returned function is called before. Not with
 * `AbortSignal.timeout`: nothing takes that back, and each one makes an error in the end.
 */
function cutLater(body: Body, timeoutMillis: number): () => void {
  const timer = setTimeout(() => {
    body.destroy(new Error('The answer took too long'));
  }, timeoutMillis);
  timer.unref();
  return () => clearTimeout(timer);
}
