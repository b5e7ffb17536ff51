import { describeError } from '../describe-error.ts';
import { countedRecords } from './counted-records.ts';
import { LINE_INTERVAL_MILLIS } from './line-interval.ts';

export interface DiskReporterOptions {
  /** The exporter's name, at the head of each line. */
  readonly name: string;
  /** Never throws. */
  readonly warn: (message: string) => void;
  readonly monotonicMillis: () => number;
  readonly startTimer: (task: () => void, delayMillis: number) => void;
}

/** One line when the disk begins to fail, and one when it works again; one in a while about files that are damaged. */
export class DiskReporter {
  readonly #options: DiskReporterOptions;
  #toldMillis = Number.NEGATIVE_INFINITY;
  #isToldOf = false;
  /** There was a line about a file that was set aside, in the time in which there is no other. */
  #isToldOfFile = false;
  /** Set aside since. */
  #untoldFiles = 0;

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

  /** Where one lies the others do, too. */
  setAside(path: string, why: string): void {
    if (this.#isToldOfFile) {
      this.#untoldFiles += 1;
      return;
    }
    this.#warn(`a file of the spool cannot be used (${why}): ${path}`);
    this.#countFiles();
  }

  #countFiles(): void {
    this.#isToldOfFile = true;
    this.#options.startTimer(() => this.#tellFiles(), LINE_INTERVAL_MILLIS);
  }

  #tellFiles(): void {
    const count = this.#untoldFiles;
    this.#untoldFiles = 0;
    this.#isToldOfFile = false;
    if (count === 0) return;
    this.#warn(`${countedRecords(count, 'more file')} of the spool cannot be used`);
    this.#countFiles();
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
