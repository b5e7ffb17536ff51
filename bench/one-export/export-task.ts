import type { Patience } from '../support/until-full-speed.ts';

/** What one process exports, one batch after the other. */
export interface ExportTask extends Patience {
  /** A name of `EXPORTERS`. */
  readonly subject: string;
  /** In each batch. */
  readonly records: number;
  /** Batches that are measured; the median of them counts. */
  readonly exports: number;
  /** Batches before them, in which libraries are loaded and code is compiled. */
  readonly warmUpExports: number;
}

export interface ExportMeasurement {
  /** The longest time in which nothing else could run, until all records were delivered. */
  readonly longestBlockMillis: number;
  /** From the call until it returned. */
  readonly callMillis: number;
  /** All records of all batches together. */
  readonly delivered: number;
}
