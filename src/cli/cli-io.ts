import type { Readable, Writable } from 'node:stream';

/** What a command may touch of the process it runs in; a test hands in its own. */
export interface CliIo {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** True when colours are welcome on `stdout`. */
  readonly isColorful: boolean;
  /** Aborted by Ctrl-C and SIGTERM: end soon and quietly. Rejecting then makes the exit code 130. */
  readonly signal: AbortSignal;
  /** 0 fine, 1 a problem was found or something failed, 2 wrong usage. The last one given counts. */
  readonly setExitCode: (exitCode: number) => void;
}
