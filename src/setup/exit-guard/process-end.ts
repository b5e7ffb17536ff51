import type { BoundedFlush } from './bounded-flush.ts';
import type { RemainderWriter } from './remainder-writer.ts';

/** The end that the guard itself brings about: flush, remainder, end. */
export class ProcessEnd {
  readonly #flush: BoundedFlush;
  readonly #remainder: RemainderWriter;
  #finish: (() => void) | undefined;

  constructor(flush: BoundedFlush, remainder: RemainderWriter) {
    this.#flush = flush;
    this.#remainder = remainder;
  }

  get isUnderWay(): boolean {
    return this.#finish !== undefined;
  }

  /**
   * Calls `end` after the bounded flush, when nothing is left in memory. Sockets are not closed when the process
   * may go on after all.
   */
  begin(end: () => void, options: { readonly mayGoOn: boolean }): void {
    const finish = (): void => {
      if (this.#finish !== finish) return;
      this.#finish = undefined;
      this.#remainder.write();
      end();
    };
    this.#finish = finish;
    void this.#flushAndClose(options.mayGoOn).then(finish);
  }

  /** Ends now, without what is left of the flush. */
  hasten(): void {
    this.#finish?.();
  }

  async #flushAndClose(mayGoOn: boolean): Promise<void> {
    const isComplete = await this.#flush.run();
    if (isComplete && !mayGoOn) await this.#flush.close();
  }
}
