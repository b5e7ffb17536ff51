import { describeError } from '../describe-error.ts';
import type { DropReason } from '../send/send-outcome.ts';
import { countedRecords } from './counted-records.ts';
import { LINE_INTERVAL_MILLIS } from './line-interval.ts';

/** Records that were lost together: for one reason, on the way to one target. */
export interface Drop {
  readonly reason: DropReason;
  /** Records. */
  readonly count: number;
  /** Encoded bytes; 0 when they were lost before they were encoded. */
  readonly bytes: number;
  /** When the first of them was logged. */
  readonly firstTime: Date;
  /** When the last of them was logged. */
  readonly lastTime: Date;
  /** The target's key, for example `/otel/shop · web-1`; the destination's name before a target is known. */
  readonly target: string;
  readonly error?: Error;
}

export interface DropReporterOptions {
  /** The exporter's name, at the head of each line. */
  readonly name: string;
  readonly onDrop: ((drop: Drop) => void) | undefined;
  /** Never throws. */
  readonly warn: (message: string) => void;
  readonly monotonicMillis: () => number;
}

/**
 * Tells of lost records: each drop to `onDrop`, and a rate-limited line for each reason to `diag`, of which the next
 * one, or `flush`, tells how many were left out.
 */
export class DropReporter {
  readonly #options: DropReporterOptions;
  #isInOnDrop = false;
  readonly #lines = new Map<DropReason, { printedMillis: number; unprinted: number }>();

  constructor(options: DropReporterOptions) {
    this.#options = options;
  }

  report(drop: Drop): void {
    this.#print(drop);
    void this.#callOnDrop(drop);
  }

  /** Tells at the end what only a later line would have told. */
  flush(): void {
    for (const [reason, line] of this.#lines) {
      const { unprinted } = line;
      line.unprinted = 0;
      if (unprinted > 0) {
        this.#warn(`dropped ${countedRecords(unprinted, 'more log record')} (${reason})`);
      }
    }
  }

  /** An async function is taken too: a rejection of it must not end the application. */
  async #callOnDrop(drop: Drop): Promise<void> {
    // What is dropped because `onDrop` itself exports would call it again, without end.
    if (this.#isInOnDrop) return;
    this.#isInOnDrop = true;
    let answer: unknown;
    try {
      answer = this.#options.onDrop?.(drop);
    } catch (thrown) {
      this.#warnOfOnDrop(thrown);
    } finally {
      this.#isInOnDrop = false;
    }
    try {
      await answer;
    } catch (thrown) {
      this.#warnOfOnDrop(thrown);
    }
  }

  #warnOfOnDrop(thrown: unknown): void {
    this.#warn(`onDrop threw: ${describeError(thrown)}`);
  }

  #print(drop: Drop): void {
    const now = this.#options.monotonicMillis();
    const line = this.#lines.get(drop.reason);
    if (line !== undefined && now - line.printedMillis < LINE_INTERVAL_MILLIS) {
      line.unprinted += drop.count;
      return;
    }
    const count = drop.count + (line?.unprinted ?? 0);
    this.#lines.set(drop.reason, { printedMillis: now, unprinted: 0 });
    const cause = drop.error === undefined ? '' : `: ${describeError(drop.error)}`;
    this.#warn(`dropped ${countedRecords(count)} (${drop.reason}) for ${drop.target}${cause}`);
  }

  #warn(message: string): void {
    this.#options.warn(`${this.#options.name}: ${message}`);
  }
}
