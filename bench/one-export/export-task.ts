/** What one process exports, one batch after the other. */
export interface ExportTask {
  /** A name of `EXPORTERS`. */
  readonly subject: string;
  /** In each batch. */
  readonly records: number;
  /** Batches that are measured; the median of them counts. */
  readonly exports: number;
  /** Batches before them, in which libraries are loaded and code is compiled. */
  readonly warmUpExports: number;
  /** For how long somebody else who slows the processor down is waited for before each. */
  readonly patienceMillis: number;
}

export interface ExportMeasurement {
  /** The longest time in which nothing else could run, until all records were delivered. */
  readonly longestBlockMillis: number;
  /** From the call until it returned. */
  readonly callMillis: number;
  /** All records of all batches together. */
  readonly delivered: number;
}
