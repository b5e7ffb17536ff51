import { PassThrough, Readable } from 'node:stream';
import type { Command } from 'commander';
import { onTestFinished } from 'vitest';
import type { CliIo } from '../../../../src/cli/cli-io.ts';
import { runCommand } from '../../../../src/cli/run-command.ts';

export interface CommandOptions {
  readonly stdin?: Iterable<Uint8Array | string> | Readable;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isColorful?: boolean;
}

/** A command that runs in the test's process, with streams and signals of its own. */
export class RunningCommand {
  readonly ended: Promise<void>;
  readonly #stdout = new PassThrough();
  readonly #controller = new AbortController();
  #output = '';
  #messages = '';
  #exitCode = 0;

  constructor(
    create: (io: CliIo) => Command,
    commandArguments: readonly string[],
    options: CommandOptions,
  ) {
    const { environment = {}, isColorful = false, stdin = [] } = options;
    const stderr = new PassThrough();
    this.#stdout.on('data', (chunk) => {
      this.#output += String(chunk);
    });
    stderr.on('data', (chunk) => {
      this.#messages += String(chunk);
    });
    const io: CliIo = {
      stdin: stdin instanceof Readable ? stdin : Readable.from(Array.from(stdin, bytesOf)),
      stdout: this.#stdout,
      stderr,
      environment,
      isColorful,
      signal: this.#controller.signal,
      setExitCode: (exitCode) => {
        this.#exitCode = exitCode;
      },
    };
    this.ended = runCommand(create(io), commandArguments, io);
  }

  /** What it has printed so far. */
  get stdout(): string {
    return this.#output;
  }

  get lines(): string[] {
    return this.#output.split('\n').slice(0, -1);
  }

  /** The records that it has printed so far, with `--json`. */
  get records(): unknown[] {
    return this.lines.map((line) => JSON.parse(line) as unknown);
  }

  get stderr(): string {
    return this.#messages;
  }

  get exitCode(): number {
    return this.#exitCode;
  }

  /** As Ctrl-C does; resolves at its end. */
  async interrupt(): Promise<void> {
    this.#controller.abort();
    await this.ended;
  }
}

function bytesOf(piece: Uint8Array | string): Buffer {
  return typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece);
}

/** Starts a command that is interrupted when the test ends. */
export function startCommand(
  create: (io: CliIo) => Command,
  commandArguments: readonly string[],
  options: CommandOptions = {},
): RunningCommand {
  const running = new RunningCommand(create, commandArguments, options);
  onTestFinished(() => running.interrupt());
  return running;
}

/** Runs a command to its end. */
export async function runToEnd(
  create: (io: CliIo) => Command,
  commandArguments: readonly string[],
  options: CommandOptions = {},
): Promise<RunningCommand> {
  const running = new RunningCommand(create, commandArguments, options);
  await running.ended;
  return running;
}
