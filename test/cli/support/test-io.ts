import { PassThrough, Readable } from 'node:stream';
import type { CliIo } from '../../../src/cli/cli-io.ts';

export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Streams and signals of a test's own, and what was written to them. */
export function createTestIo(options: Partial<CliIo> = {}): {
  readonly io: CliIo;
  readonly result: () => Promise<CliRun>;
} {
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
    environment: {},
    isColorful: false,
    signal: new AbortController().signal,
    setExitCode: (code) => {
      exitCode = code;
    },
    ...options,
  };
  return {
    io,
    async result() {
      // What was written last is read in the next turn.
      await new Promise((resolve) => setImmediate(resolve));
      return { ...texts, exitCode };
    },
  };
}
