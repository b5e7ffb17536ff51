import type { BilledUse } from '../service/billed-use.ts';
import type { FullSpeedUse } from '../support/speed-stretches.ts';

/** What a subject is offered. */
export interface LoadTask extends Pace {
  /** A name of `SUBJECTS`. */
  readonly subject: string;
  readonly latencyMillis: number;
  readonly warmUp: Pace;
  /** Whether the service works out what AWS would bill. Default false. */
  readonly weighs?: boolean;
}

export interface Pace {
  /** Records a second. */
  readonly rate: number;
  readonly seconds: number;
}

/** What one process found, its warm-up left out. */
export interface LoadMeasurement {
  readonly emitted: number;
  /** Longer than the task says when the main thread could not keep up. */
  readonly emitSeconds: number;
  /** Records that the service got, at most 10 s after the last was emitted. */
  readonly delivered: number;
  /** Of these what it had when the last was emitted. */
  readonly deliveredInTime: number;
  /** CPU of the main thread, until the last of them was there. */
  readonly mainMicros: number;
  /** CPU of all threads in that time. */
  readonly processMicros: number;
  /** While records were emitted: when nobody slowed the processor down. */
  readonly fullSpeed: FullSpeedUse;
  readonly delayP99Millis: number;
  readonly delayMaxMillis: number;
  /** The most memory that the process ever had resident. */
  readonly peakMegabytes: number;
  readonly requests: number;
  readonly bytes: number;
  readonly use: BilledUse;
  readonly refused: readonly string[];
}
