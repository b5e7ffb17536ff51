import { describeError } from '../describe-error.ts';
import { countedRecords } from './counted-records.ts';
import { LINE_INTERVAL_MILLIS } from './line-interval.ts';

export interface DiskReporterOptions {
  /** The exporter's name, at the head of each line. */
  readonly name: string;
  /** Never throws. */
  readonly warn: (message: string) => void;
  readonly monotonicMillis: () => number;
}

/** One line when the disk begins to fail, and one when it works again. */
export class DiskReporter {
  readonly #options: DiskReporterOptions;
  #toldMillis = Number.NEGATIVE_INFINITY;
  #isToldOf = false;

  constructor(options: DiskReporterOptions) {
    this.#options = options;
  }

  troubled(error: Error): void {
    const now = this.#options.monotonicMillis();
    // On a disk that is nearly full small files fit and large ones do not.
    if (now - this.#toldMillis < LINE_INTERVAL_MILLIS) return;
    this.#toldMillis = now;
    this.#isToldOf = true;
    this.#warn(`the spool fails, log records are in memory only: ${describeError(error)}`);
  }

  recovered(): void {
    if (!this.#isToldOf) return;
    this.#isToldOf = false;
    this.#warn('the spool works again');
  }

  setAside(path: string, why: string): void {
    this.#warn(`a file of the spool cannot be used (${why}): ${path}`);
  }

  stranded(path: string, recordCount: number): void {
    this.#warn(
      `the spool holds up to ${countedRecords(recordCount)} of ended processes for another region, address or encoding, ` +
        `which nobody sends from here: start an exporter with the one that they were stored for, or remove ${path}`,
    );
  }

  #warn(message: string): void {
    this.#options.warn(`${this.#options.name}: ${message}`);
  }
}
