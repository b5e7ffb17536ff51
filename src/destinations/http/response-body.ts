import type { Dispatcher } from 'undici';
import { HTTP_LIMITS } from './http-limits.ts';

type Body = Dispatcher.ResponseData['body'];

/** Reads an answer that nobody needs, so that its connection can be used again; a long or slow one is cut. */
export async function discardBody(body: Body): Promise<void> {
  const signal = AbortSignal.timeout(HTTP_LIMITS.answerTimeoutMillis);
  try {
    await body.dump({ limit: HTTP_LIMITS.maxIgnoredAnswerBytes, signal });
  } catch {
    // The status was told already; how the answer ends changes nothing.
  }
}

/** Reads at most `maxAnswerBytes`. Answers nothing when the end was lost or did not come in time. */
export async function readBody(body: Body): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const timeout = AbortSignal.timeout(HTTP_LIMITS.answerTimeoutMillis);
  const stop = (): void => {
    body.destroy(new Error('The answer took too long'));
  };
  timeout.addEventListener('abort', stop, { once: true });
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
    timeout.removeEventListener('abort', stop);
  }
}
