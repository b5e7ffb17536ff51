import { PassThrough, Readable } from 'node:stream';
import type { CliIo } from '../../../src/cli/cli-io.ts';
import { createProgram } from '../../../src/cli/create-program.ts';
import { runCommand } from '../../../src/cli/run-command.ts';

export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the whole program in this process. */
export async function runCli(
  commandArguments: readonly string[],
  options: {
    readonly environment?: CliIo['environment'];
    readonly isColorful?: boolean;
    readonly signal?: AbortSignal;
  } = {},
): Promise<CliRun> {
  const texts = { stdout: '', stderr: '' };
  const collecting = (name: keyof typeof texts): PassThrough =>
    new PassThrough().on('data', (chunk) => {
      texts[name] += String(chunk);
    });
  let exitCode = 0;
  const io: CliIo = {
    stdin: Readable.from([]),
    stdout: collecting('stdout'),
    stderr: collecting('stderr'),
    environment: options.environment ?? {},
    isColorful: options.isColorful ?? false,
    signal: options.signal ?? new AbortController().signal,
    setExitCode: (code) => {
      exitCode = code;
    },
  };
  await runCommand(createProgram(io), commandArguments, io);
  // What was written last is read in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  return { ...texts, exitCode };
}
