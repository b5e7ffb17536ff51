import { isMainThread } from 'node:worker_threads';
import { type Runtime, systemRuntime } from '../../exporter/runtime.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { shownOption } from '../../shown-option.ts';
import { BoundedFlush } from './bounded-flush.ts';
import { countPassiveListeners } from './count-passive-listeners.ts';
import { CrashGuard, throwUncaught } from './crash-guard.ts';
import { EXIT_FLUSH_MILLIS, type ExitGuardOptions } from './exit-guard-options.ts';
import { guardNaturalEnd } from './guard-natural-end.ts';
import { guardSignals } from './guard-signals.ts';
import { LastWords } from './last-words.ts';
import { ProcessEnd } from './process-end.ts';
import type { ProcessPort } from './process-port.ts';
import { RemainderWriter } from './remainder-writer.ts';
import { type LineSink, standardError } from './write-lines.ts';

/** The world around the guard; handed in, so that tests end nothing and wait for nothing. */
export interface ExitGuardSurroundings {
  readonly process: ProcessPort;
  readonly isMainThread: boolean;
  readonly runtime: Runtime;
  readonly standardError: LineSink;
  readonly countPassiveListeners: () => number;
  readonly throwUncaught: (error: unknown) => void;
}

const SYSTEM: ExitGuardSurroundings = {
  process,
  isMainThread,
  runtime: systemRuntime,
  standardError,
  countPassiveListeners,
  throwUncaught,
};

/**
 * Sends what was logged before the process ends, however it ends, within `flushMillis`, and writes what could
 * not be sent to the standard error output as JSON lines. The process ends as it would without it.
 *
 * | the process | what happens | it ends with |
 * | --- | --- | --- |
 * | has nothing left to do (`beforeExit`) | flush | its exit code |
 * | gets SIGTERM, SIGINT or SIGHUP | flush; a second one ends at once | the signal |
 * | gets one that the application listens to | the application decides; a flush runs along | its decision |
 * | throws, or rejects without a handler | flush; a second time ends at once | the printed error, code 1 |
 * | catches that itself | the application decides; a flush runs along | its decision |
 * | calls `process.exit(n)` | nothing can be awaited: all that is left is written | `n` |
 *
 * In a worker thread only its own end is guarded: signals never reach it, and its errors go to its parent.
 * Install it once in a thread.
 * @throws InvalidOptionError when `flushMillis` is no finite number above 0.
 */
export function installExitGuard(
  options: ExitGuardOptions,
  surroundings: ExitGuardSurroundings = SYSTEM,
): { uninstall(): void } {
  const { flushMillis = EXIT_FLUSH_MILLIS, onLogged, takeRemainder } = options;
  if (!(Number.isFinite(flushMillis) && flushMillis > 0)) {
    throw new InvalidOptionError(
      `Expected \`flushMillis\` to be a finite number > 0, got ${shownOption(flushMillis)}`,
    );
  }
  const { process, runtime } = surroundings;
  const flush = new BoundedFlush({ ...options, flushMillis, runtime });
  const remainder = new RemainderWriter(takeRemainder, surroundings.standardError);
  const end = new ProcessEnd(flush, remainder);
  const lastWords = new LastWords(remainder, onLogged, runtime);
  const parts = { ...surroundings, flush, remainder, lastWords, end };
  const restoreMaxListeners = allowOneListenerMore(process);
  const crashes = surroundings.isMainThread ? new CrashGuard(parts) : undefined;
  const removeSignals = surroundings.isMainThread ? guardSignals(parts) : undefined;
  const removeNaturalEnd = guardNaturalEnd({ ...parts, onExit: () => crashes?.onExit() });
  return {
    uninstall() {
      removeNaturalEnd();
      removeSignals?.();
      crashes?.remove();
      restoreMaxListeners();
    },
  };
}

/** So that ours is not the one too many for which Node.js warns of a leak. */
function allowOneListenerMore(port: ProcessPort): () => void {
  const maxListeners = port.getMaxListeners();
  if (maxListeners === 0) return () => {};
  port.setMaxListeners(maxListeners + 1);
  return () => {
    port.setMaxListeners(port.getMaxListeners() - 1);
  };
}
