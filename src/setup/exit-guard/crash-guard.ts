import { inspect } from 'node:util';
import type { Runtime } from '../../exporter/runtime.ts';
import type { BoundedFlush } from './bounded-flush.ts';
import type { ProcessEnd } from './process-end.ts';
import type { ProcessPort } from './process-port.ts';
import type { RemainderWriter } from './remainder-writer.ts';
import { type AroundEvent, wrapEmit } from './wrap-emit.ts';

/** How Node.js ends after an uncaught exception. */
const CRASH_EXIT_CODE = 1;

export interface CrashParts {
  readonly process: ProcessPort;
  readonly flush: BoundedFlush;
  readonly end: ProcessEnd;
  readonly remainder: RemainderWriter;
  readonly runtime: Pick<Runtime, 'defer'>;
  readonly throwUncaught: (error: unknown) => void;
}

/**
 * Lets Node.js have an error as if nobody had caught it. From this place it shows where the error was made; a
 * throw of ours would be shown as its origin. What is no error, and an error whose stack was read before, has no
 * such place any more: Node.js shows a line of its own then.
 */
export function throwUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** An error may have methods of its own for it, which may throw: the listeners of `exit` would be left out. */
function shown(error: unknown): string {
  for (const options of [{}, { customInspect: false }]) {
    try {
      return inspect(error, options);
    } catch {
      // The next way, or none.
    }
  }
  return 'an error that cannot be shown';
}

/**
 * Holds an uncaught exception, or a rejection that counts as one, until the logs are sent, and lets Node.js
 * have it then: it prints it and exits. When the application catches it, nothing is held.
 */
export class CrashGuard {
  readonly #parts: CrashParts;
  #held: { readonly error: unknown } | undefined;
  #isExiting = false;
  #isTelling = false;
  readonly #unwrap: () => void;

  constructor(parts: CrashParts) {
    this.#parts = parts;
    parts.process.on('uncaughtExceptionMonitor', this.#onUncaught);
    const around: AroundEvent = (proceed) => this.#aroundListeners(proceed);
    this.#unwrap = wrapEmit(parts.process, {
      uncaughtException: around,
      uncaughtExceptionMonitor: around,
    });
  }

  remove(): void {
    this.#unwrap();
    this.#parts.process.off('uncaughtExceptionMonitor', this.#onUncaught);
  }

  /** The process exits, maybe because the application wished so while its error was held. */
  onExit(): void {
    this.#isExiting = true;
    // A listener that is told of the error may end the process: Node.js would not have printed it then.
    if (this.#held === undefined || this.#isTelling) return;
    this.#parts.process.exitCode = CRASH_EXIT_CODE;
    this.#parts.remainder.writeText(`Uncaught ${shown(this.#held.error)}`);
    this.#held = undefined;
  }

  /** When one of these listeners throws, Node.js ends with code 7 on the spot, even without `exit`. */
  #aroundListeners(proceed: () => boolean): boolean {
    let hasThrown = true;
    this.#isTelling = this.#held === undefined;
    try {
      const isHeard = proceed();
      hasThrown = false;
      return isHeard;
    } finally {
      this.#isTelling = false;
      // Not caught, as Node.js prints the place of what is thrown again.
      if (hasThrown) this.#parts.remainder.write();
    }
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
    const { end, process, runtime } = this.#parts;
    this.#held = { error };
    this.#catchNext();
    if (origin === 'unhandledRejection') {
      // With --unhandled-rejections=strict Node.js, still alive, goes on to tell of the rejection, too.
      runtime.defer(wrapEmit(process, { unhandledRejection: () => true }));
    }
    end.begin(() => this.#release(), { mayGoOn: false });
  }

  /** The first one is what ends the process, so that is what Node.js gets. */
  #onSecond(): void {
    this.#catchNext();
    queueMicrotask(() => this.#parts.end.hasten());
  }

  /**
   * A listener for the one emission that follows. One that stayed would be taken for the application's own by
   * libraries that look whether there is one.
   */
  #catchNext(): void {
    this.#parts.process.prependOnceListener('uncaughtException', () => {});
  }

  #release(): void {
    const { process, throwUncaught } = this.#parts;
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    this.#isExiting = true;
    // They were told already, or would not have been alive to be told.
    process.removeAllListeners('uncaughtExceptionMonitor');
    process.removeAllListeners('uncaughtException');
    if (process.hasUncaughtExceptionCaptureCallback()) {
      process.setUncaughtExceptionCaptureCallback(null);
    }
    throwUncaught(held.error);
  }
}
