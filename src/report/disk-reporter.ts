import { describeError } from '../describe-error.ts';

export interface DiskReporterOptions {
  /** The exporter's name, at the head of each line. */
  readonly name: string;
  /** Never throws. */
  readonly warn: (message: string) => void;
  readonly monotonicMillis: () => number;
}

/** On a disk that is nearly full small files fit and large ones do not: told of once in this time. */
const LINE_INTERVAL_MILLIS = 30_000;

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
      `up to ${recordCount} log records of ended processes lie in the spool for another region, address or encoding and are ` +
        `not sent from here: start an exporter with the one that they were stored for, or remove ${path}`,
    );
  }

  #warn(message: string): void {
    this.#options.warn(`${this.#options.name}: ${message}`);
  }
}
