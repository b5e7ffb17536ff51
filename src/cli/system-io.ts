import type { Writable } from 'node:stream';
import type { CliIo } from './cli-io.ts';
import { isColorful } from './is-colorful.ts';

/** How long a command may take to end by itself after it was asked to. */
const END_MILLIS = 3000;
const INTERRUPTED = 130;

/** The process's own streams and signals. */
export function systemIo(): CliIo {
  const { stderr, stdin, stdout } = process;
  const controller = new AbortController();
  endAtSignals(controller);
  endWithReader(stdout, stderr);
  endWithReader(stderr, stderr);
  return {
    stdin,
    stdout,
    stderr,
    environment: process.env,
    isColorful: isColorful(process.env, stdout.isTTY === true),
    signal: controller.signal,
    setExitCode: (exitCode) => {
      process.exitCode = exitCode;
    },
  };
}

/** The first signal asks, the second one ends. */
function endAtSignals(controller: AbortController): void {
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
    setTimeout(() => process.exit(INTERRUPTED), END_MILLIS).unref();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/**
 * `collectorless tail | head` closes the pipe when it has enough: no failure, and nothing left to do. Where a disk is
 * full, whoever takes the output for whole has to be told.
 */
function endWithReader(output: Writable, stderr: Writable): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    if (output !== stderr) stderr.write(`error: the output cannot be written: ${error.message}\n`);
    process.exit(1);
  });
}
