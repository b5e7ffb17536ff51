import type { ExitGuardOptions } from '../../../../src/setup/exit-guard/exit-guard-options.ts';
import { installExitGuard } from '../../../../src/setup/exit-guard/install-exit-guard.ts';
import { FakeRuntime } from '../../../support/fake-runtime.ts';
import { FakeProcess } from './fake-process.ts';

export interface FakeGuard {
  readonly process: FakeProcess;
  readonly runtime: FakeRuntime;
  /** What happened, in its order: `flush`, `close`, `take`, and each line that was written. */
  readonly events: string[];
  readonly thrown: unknown[];
  log(body: string): void;
  /** Lets the oldest flush that is under way end. */
  endFlush(): Promise<void>;
  uninstall(): void;
}

export interface FakeGuardOptions extends Partial<ExitGuardOptions> {
  readonly isMainThread?: boolean;
  readonly passiveListeners?: number;
}

/** A guard in a fake process; flushes last until the test ends them, and send all that was logged. */
export function installFakeGuard(options: FakeGuardOptions = {}): FakeGuard {
  const process = new FakeProcess();
  const runtime = new FakeRuntime();
  const events: string[] = [];
  const thrown: unknown[] = [];
  const flushes: (() => void)[] = [];
  let logged = 0;
  let unsent: string[] = [];
  const { isMainThread = true, passiveListeners = 0, ...guardOptions } = options;
  const { uninstall } = installExitGuard(
    {
      flush() {
        events.push('flush');
        const flushed = [...unsent];
        return new Promise((resolve) => {
          flushes.push(() => {
            unsent = unsent.filter((body) => !flushed.includes(body));
            resolve();
          });
        });
      },
      countLogged: () => logged,
      takeRemainder() {
        events.push('take');
        return unsent.splice(0);
      },
      ...guardOptions,
    },
    {
      process,
      isMainThread,
      runtime,
      standardError: {
        write(bytes) {
          events.push(...Buffer.from(bytes).toString().trimEnd().split('\n'));
          return bytes.length;
        },
        pause() {},
      },
      countPassiveListeners: () => passiveListeners,
      throwUncaught: (error) => thrown.push(error),
    },
  );
  return {
    process,
    runtime,
    events,
    thrown,
    log(body) {
      logged += 1;
      unsent.push(body);
    },
    async endFlush() {
      flushes.shift()?.();
      await runtime.settle();
    },
    uninstall,
  };
}
