import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const KEPT_CHARACTERS = 8_000;
const SECONDS_TO_END = 5;

/** A process of someone else's program, stopped at the latest when this one ends. */
export class Child {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  readonly #closed: Promise<unknown>;
  readonly #command: string;
  readonly #kill = (): void => void this.#process.kill('SIGKILL');
  #errors = '';

  constructor(command: string, args: readonly string[], env: Record<string, string> = {}) {
    this.#command = [command, ...args].join(' ');
    this.#process = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', NO_COLOR: '1', ...env },
    });
    process.once('exit', this.#kill);
    this.#closed = once(this.#process, 'close').then(
      () => process.off('exit', this.#kill),
      (error: Error) => {
        this.#errors += error.message;
      },
    );
    this.#process.stdin.on('error', () => {});
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-KEPT_CHARACTERS);
    });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** What it has written to stderr, the last of it. */
  get errors(): string {
    return this.#errors;
  }

  /** The next line of its output. */
  async line(): Promise<string> {
    const next = await this.#lines.next();
    if (next.done !== true) return next.value;
    await this.#closed;
    throw this.failure('ended without an answer');
  }

  async lines(count: number): Promise<string[]> {
    const lines: string[] = [];
    while (lines.length < count) lines.push(await this.line());
    return lines;
  }

  /** Its whole output, with `input` as its input. */
  async run(input: string | Uint8Array = ''): Promise<string[]> {
    this.#process.stdin.end(input);
    const lines: string[] = [];
    for (let next = await this.#lines.next(); next.done !== true; next = await this.#lines.next()) {
      lines.push(next.value);
    }
    await this.#closed;
    if (this.#process.exitCode !== 0) throw this.failure(`ended with ${this.#process.exitCode}`);
    return lines;
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const timer = setTimeout(this.#kill, SECONDS_TO_END * 1_000);
    this.#process.kill('SIGTERM');
    await this.#closed;
    clearTimeout(timer);
  }

  failure(what: string): Error {
    return new Error(`${this.#command} ${what}\n${this.#errors}`);
  }
}
