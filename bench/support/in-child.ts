import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a script of ours in a process of its own, hands it `task` as JSON in its last argument, and resolves
 * to the one message that it sends back. Rejects when it ends without one or takes longer than
 * `timeoutMillis`.
 */
export async function inChild<Result>(
  script: URL,
  task: unknown,
  { timeoutMillis = 120_000, execArgv = process.execArgv }: ChildOptions = {},
): Promise<Result> {
  const child = fork(script, [JSON.stringify(task)], {
    execArgv: [...execArgv],
    serialization: 'advanced',
  });
  const ending = AbortSignal.timeout(timeoutMillis);
  try {
    const [result] = await Promise.race([
      once(child, 'message', { signal: ending }),
      failure(child, script),
    ]);
    return result;
  } finally {
    child.kill('SIGKILL');
  }
}

/** In the child: what it was asked for. */
export function taskOfChild<Task>(): Task {
  return JSON.parse(process.argv.at(-1) ?? 'null');
}

/** In the child: answers, then lets the process end. */
export function answerParent(result: unknown): void {
  process.send?.(result, () => process.disconnect());
}

export interface ChildOptions {
  /** Default 120,000. */
  readonly timeoutMillis?: number;
  /** Options of Node. Default: those of this process. */
  readonly execArgv?: readonly string[];
}

async function failure(child: ChildProcess, script: URL): Promise<never> {
  const [code, signal] = await once(child, 'exit');
  throw new Error(`${script.pathname} ended with ${code ?? signal} and without a result`);
}
