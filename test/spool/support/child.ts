import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';

/** A process of a test, with the lines that it has written. */
export class Child {
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(command: string, args: readonly string[]) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    const output = createInterface({ input: child.stdout });
    output.on('line', (line) => this.lines.push(line));
    this.#ended = Promise.all([once(child, 'exit'), once(output, 'close')]);
    onTestFinished(() => this.kill());
  }

  /** What follows this word in lines that begin with it. */
  after(word: string): string[] {
    return this.lines
      .filter((line) => line.startsWith(`${word} `))
      .map((line) => line.slice(word.length + 1));
  }

  async untilLines(word: string, count: number): Promise<void> {
    await expect.poll(() => this.after(word).length).toBeGreaterThanOrEqual(count);
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  /** Resolves when it is dead and all that it wrote was read. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#ended;
  }

  /** Resolves when it has ended by itself. */
  async end(): Promise<void> {
    await this.#ended;
  }
}

/** Runs a script of ours. */
export function runScript(script: URL, ...args: readonly string[]): Child {
  return new Child(process.execPath, ['--no-warnings', fileURLToPath(script), ...args]);
}
