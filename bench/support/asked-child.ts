import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process that was set up once and measures as often as it is asked. */
export interface AskedChild {
  /** Sends the question and resolves to the answer. Rejects when the process ends without one. */
  ask(question: number): Promise<number>;
  stop(): void;
}

/** @param task Handed to the script as JSON in its last argument. */
export function startAskedChild(script: URL, task: unknown): AskedChild {
  const child = fork(script, [JSON.stringify(task)]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script.pathname} ended with ${code} and without an answer`);
  });
  // Without a question on its way it may end.
  ended.catch(() => {});
  return {
    async ask(question) {
      const answer = once(child, 'message');
      child.send(question);
      const [value] = await Promise.race([answer, ended]);
      return value;
    },
    stop: () => child.disconnect(),
  };
}
