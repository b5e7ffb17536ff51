import type { SpoolTarget } from './spool-target.ts';

/** One batch on disk. */
export interface SpoolFile {
  readonly target: SpoolTarget;
  /** Unix time in milliseconds at which it was stored. */
  readonly createdAtMillis: number;
  /** Monotonic time at which it was stored; for an adopted file by its age when it was found. */
  readonly bornMillis: number;
  /** Log records that are not yet decided. */
  readonly recordCount: number;
  readonly byteSize: number;
  /** Whether another, dead owner stored it. */
  readonly isAdopted: boolean;
}
