import type { Runtime } from '../../exporter/runtime.ts';
import { AddedResources } from './added-resources.ts';
import { beforeReallyExit } from './before-really-exit.ts';
import type { BoundedFlush } from './bounded-flush.ts';
import type { LastWords } from './last-words.ts';
import type { ProcessPort } from './process-port.ts';
import type { RemainderWriter } from './remainder-writer.ts';
import { wrapEmit } from './wrap-emit.ts';

/** After a flush in vain, so long for what it left open to let go of the process. */
const LET_GO_MILLIS = 250;

export interface NaturalEndParts {
  readonly process: ProcessPort;
  readonly flush: BoundedFlush;
  readonly remainder: RemainderWriter;
  readonly runtime: Pick<Runtime, 'startTimer'>;
  /** Just before the listeners of `exit`. */
  readonly onExit: () => void;
  readonly lastWords: LastWords;
}

/**
 * Guards `beforeExit`, when there is nothing left to do, and `exit`, the last moment, in which nothing can be
 * awaited. Answers how to take it away.
 */
export function guardNaturalEnd(parts: NaturalEndParts): () => void {
  const guard = new NaturalEnd(parts);
  const { process } = parts;
  const unwrap = wrapEmit(process, {
    beforeExit: (proceed) => guard.aroundBeforeExit(proceed),
    exit: (proceed) => guard.aroundExit(proceed),
  });
  // Whoever replaces `emit` may lose what was wrapped around it; listeners stay.
  const beforeExit = (): void => guard.onBeforeExit();
  const exit = (): void => guard.onExit();
  process.on('beforeExit', beforeExit);
  process.on('exit', exit);
  return () => {
    unwrap();
    process.off('beforeExit', beforeExit);
    process.off('exit', exit);
  };
}

class NaturalEnd {
  readonly #parts: NaturalEndParts;
  #isInside = false;
  /** Since the application was told, the loop ran for the flush alone: it need not be told once more. */
  #wasTold = false;

  constructor(parts: NaturalEndParts) {
    this.#parts = parts;
  }

  /**
   * A flush makes the loop run again, and Node.js emits `beforeExit` at its end once more. The application
   * would not have seen that without us; one that logs in its listener would never end.
   */
  aroundBeforeExit(proceed: () => boolean): boolean {
    const { flush, process } = this.#parts;
    if (this.#wasTold) {
      this.#wasTold = false;
      if (flush.isDue) this.#flushAtEnd();
      return true;
    }
    const added = new AddedResources(process);
    const isHeard = this.#inside(proceed);
    // Its listeners may be asynchronous and begin their work a few turns later.
    added.whenKnown((isAny) => {
      if (!flush.isDue) return;
      if (isAny) void flush.run();
      else this.#flushAtEnd();
    });
    return isHeard;
  }

  aroundExit(proceed: () => boolean): boolean {
    const { onExit, process } = this.#parts;
    const write = (): void => this.#writeLast();
    try {
      onExit();
      return beforeReallyExit(process, write, () => this.#inside(proceed));
    } finally {
      // Behind all listeners: they may log, too.
      write();
    }
  }

  onBeforeExit(): void {
    if (!this.#isInside && this.#parts.flush.isDue) void this.#parts.flush.run();
  }

  onExit(): void {
    if (this.#isInside) return;
    this.#parts.onExit();
    this.#writeLast();
  }

  #writeLast(): void {
    this.#parts.lastWords.write(0);
  }

  #flushAtEnd(): void {
    const { flush, process, remainder, runtime } = this.#parts;
    this.#wasTold = true;
    void flush.run().then((isComplete) => {
      if (isComplete) return;
      // What is taken out is no longer waited for, so the loop should end by itself.
      remainder.write();
      runtime.startTimer(() => process.exit(), LET_GO_MILLIS);
    });
  }

  #inside(proceed: () => boolean): boolean {
    this.#isInside = true;
    try {
      return proceed();
    } finally {
      this.#isInside = false;
    }
  }
}
