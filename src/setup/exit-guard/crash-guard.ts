import { inspect } from 'node:util';
import type { BoundedFlush } from './bounded-flush.ts';
import type { ProcessEnd } from './process-end.ts';
import type { ProcessPort } from './process-port.ts';
import type { RemainderWriter } from './remainder-writer.ts';

/** How Node.js ends after an uncaught exception. */
const CRASH_EXIT_CODE = 1;

export interface CrashParts {
  readonly process: ProcessPort;
  readonly flush: BoundedFlush;
  readonly end: ProcessEnd;
  readonly remainder: RemainderWriter;
}

/**
 * Holds an uncaught exception, or a rejection that counts as one, until the logs are sent, and lets Node.js
 * have it then: it prints it and exits. When the application catches it, nothing is held.
 */
export class CrashGuard {
  readonly #parts: CrashParts;
  #held: { readonly error: unknown } | undefined;
  #isExiting = false;

  constructor(parts: CrashParts) {
    this.#parts = parts;
    parts.process.on('uncaughtExceptionMonitor', this.#onUncaught);
  }

  remove(): void {
    this.#parts.process.off('uncaughtExceptionMonitor', this.#onUncaught);
  }

  /** The process exits, maybe because the application wished so while its error was held. */
  onExit(): void {
    this.#isExiting = true;
    if (this.#held === undefined) return;
    this.#parts.process.exitCode = CRASH_EXIT_CODE;
    this.#parts.remainder.writeText(`Uncaught ${inspect(this.#held.error)}`);
    this.#held = undefined;
  }

  /** Node.js calls it just before it looks for listeners of `uncaughtException`. */
  readonly #onUncaught = (error: unknown, origin: unknown): void => {
    const { end, flush, process } = this.#parts;
    if (this.#isExiting) return;
    if (process.listeners('uncaughtException').length > 0) flush.follow();
    else if (process.hasUncaughtExceptionCaptureCallback()) flush.follow();
    else if (this.#held !== undefined) this.#onSecond();
    // On the way to its end by a signal the process takes the shorter way.
    else if (!end.isUnderWay) this.#hold(error, origin);
  };

  #hold(error: unknown, origin: unknown): void {
    this.#held = { error };
    this.#catchOnce('uncaughtException');
    if (origin === 'unhandledRejection') {
      // With --unhandled-rejections=strict Node.js goes on to look for listeners of the rejection.
      const forget = this.#catchOnce('unhandledRejection');
      setImmediate(forget);
    }
    this.#parts.end.begin(() => this.#release());
  }

  #onSecond(): void {
    this.#catchOnce('uncaughtException');
    this.#parts.end.hasten();
  }

  /**
   * A listener for the one emission that follows. One that stayed would be taken for the application's own by
   * libraries that look whether there is one.
   */
  #catchOnce(event: string): () => void {
    const catchIt = (): void => {};
    this.#parts.process.prependOnceListener(event, catchIt);
    return () => this.#parts.process.off(event, catchIt);
  }

  #release(): void {
    const { process } = this.#parts;
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    this.#isExiting = true;
    // They were told already, or would not have been alive to be told.
    process.removeAllListeners('uncaughtExceptionMonitor');
    process.removeAllListeners('uncaughtException');
    process.setUncaughtExceptionCaptureCallback(null);
    // From here Node.js shows the place where the error was made; a throw of ours would be shown as its origin.
    queueMicrotask(() => {
      throw held.error;
    });
  }
}
