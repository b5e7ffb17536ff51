import type { Runtime } from '../../exporter/runtime.ts';
import type { ExitGuardOptions } from './exit-guard-options.ts';
import type { RemainderWriter } from './remainder-writer.ts';

/**
 * Writes what is logged when nothing of ours is asked again: `signal-exit` calls what it was given behind all
 * listeners of `exit`, or when it finds itself alone with a signal.
 */
export class LastWords {
  readonly #remainder: RemainderWriter;
  readonly #onLogged: ExitGuardOptions['onLogged'];
  readonly #runtime: Pick<Runtime, 'startTimer'>;
  #isWritingEach = false;

  constructor(
    remainder: RemainderWriter,
    onLogged: ExitGuardOptions['onLogged'],
    runtime: Pick<Runtime, 'startTimer'>,
  ) {
    this.#remainder = remainder;
    this.#onLogged = onLogged;
    this.#runtime = runtime;
  }

  /** Writes what is left, and each further record at once, until the process shows that it goes on: it lives so long. */
  write(survivalMillis: number): void {
    this.#remainder.write();
    if (this.#onLogged === undefined || this.#isWritingEach) return;
    this.#isWritingEach = true;
    const stop = this.#onLogged(() => this.#remainder.write());
    this.#runtime.startTimer(() => {
      this.#isWritingEach = false;
      stop();
    }, survivalMillis);
  }
}
