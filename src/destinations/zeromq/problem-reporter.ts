import { callUserFunction } from '../../call-user-function.ts';
import { describeError } from '../../describe-error.ts';
import { tell } from '../../exporter/tell.ts';
import type { ReceiveProblem } from './zeromq-log-receiver-options.ts';

/** Tells of problems: to the application, or rarer and rarer as a warning. */
export class ProblemReporter {
  readonly #onProblem: ((problem: ReceiveProblem) => unknown) | undefined;
  #count = 0;

  constructor(onProblem: ((problem: ReceiveProblem) => unknown) | undefined) {
    this.#onProblem = onProblem;
  }

  report(problem: ReceiveProblem): void {
    this.#count += 1;
    if (this.#onProblem !== undefined) {
      this.guard(() => this.#onProblem?.(problem));
      return;
    }
    // The 1st, 2nd, 4th, 8th …: a sender of rubbish must not fill the log.
    if ((this.#count & (this.#count - 1)) !== 0) return;
    const what = problem.kind === 'damaged' ? 'a damaged message' : 'a handler that threw';
    tell(
      'warn',
      `zeromq receiver: ${what} (${this.#count} so far): ${describeError(problem.error)}`,
    );
  }

  /** The socket itself failed: nothing more comes. */
  ended(error: unknown): void {
    tell('error', `zeromq receiver: ended: ${describeError(error)}`);
  }

  /** Calls what the application gave; what it throws, at once or later, does not end the receiver. */
  guard(call: () => unknown): void {
    callUserFunction(call, (thrown) => {
      tell('error', `zeromq receiver: a callback threw: ${describeError(thrown)}`);
    });
  }
}
