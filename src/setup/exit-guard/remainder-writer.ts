import { describeError } from '../../describe-error.ts';
import { tell } from '../../report/tell.ts';
import type { ExitGuardOptions } from './exit-guard-options.ts';
import { type LineSink, writeLines } from './write-lines.ts';

/** Writes what could not be sent where it is not lost: the standard error output. Never throws. */
export class RemainderWriter {
  readonly #take: ExitGuardOptions['takeRemainder'];
  readonly #sink: LineSink;

  constructor(take: ExitGuardOptions['takeRemainder'], sink: LineSink) {
    this.#take = take;
    this.#sink = sink;
  }

  write(): void {
    try {
      const count = writeLines(this.#take(), this.#sink);
      if (count === 0) return;
      tell(
        'warn',
        `The process ended before all logs were sent: ${count} of them ` +
          `${count === 1 ? 'is' : 'are'} on the standard error output`,
      );
    } catch (error) {
      tell('error', `What was not sent at the end is lost: ${describeError(error)}`);
    }
  }

  /** A text of the guard itself, as Node.js would write it. */
  writeText(text: string): void {
    writeLines([text], this.#sink);
  }
}
