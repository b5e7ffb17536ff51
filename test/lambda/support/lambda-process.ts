import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ExporterStats } from 'collectorless';
import { expect } from 'vitest';

export interface ProcessAnswer {
  readonly error: unknown;
  readonly result: unknown;
  readonly stats: ExporterStats;
}

/** An execution environment: a process that handles one invocation after the other and can be frozen. */
export class LambdaProcess {
  readonly #child: ChildProcess;
  #stdout = '';

  constructor(logUrl: string) {
    const script = fileURLToPath(new URL('bootstrap.ts', import.meta.url));
    this.#child = fork(script, {
      env: { LOG_URL: logUrl },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
  }

  async invoke(
    handler: string,
    event: string,
    { flushTimeoutMillis }: { readonly flushTimeoutMillis: number } = {
      flushTimeoutMillis: 15_000,
    },
  ): Promise<ProcessAnswer> {
    const answer = once(this.#child, 'message');
    this.#child.send({ handler, event, flushTimeoutMillis });
    const [message] = await answer;
    return message;
  }

  /** Bodies of the records on stdout. */
  get written(): unknown[] {
    const lines = this.#stdout.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line).body);
  }

  /** Stops the process for longer than any timer of it would wait, and lets it go on. */
  async freeze(meanwhile: () => Promise<void> | void): Promise<void> {
    const { pid = 0 } = this.#child;
    this.#child.kill('SIGSTOP');
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') T ');
    const frozenAt = Date.now();
    await meanwhile();
    await expect.poll(() => Date.now() - frozenAt).toBeGreaterThan(400);
    this.#child.kill('SIGCONT');
  }

  async end(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
