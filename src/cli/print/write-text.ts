import type { Writable } from 'node:stream';

/** Writes, and waits while the reader does not keep up; ends waiting when the reader or `signal` is gone. */
export async function writeText(
  output: Writable,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  if (output.destroyed || output.write(text) || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      output.off('drain', done);
      output.off('close', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    output.on('drain', done);
    output.on('close', done);
    signal.addEventListener('abort', done);
  });
}
