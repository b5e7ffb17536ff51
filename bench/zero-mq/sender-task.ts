import type { Patience } from '../support/until-full-speed.ts';

/** What one process sends, as fast as it goes. */
export interface SenderTask extends Patience {
  /** A name of `FORMS`. */
  readonly form: string;
  readonly by: SenderName;
  readonly seconds: number;
}

/** The library alone with ready bytes, the destination with ready entries, the exporter with records. */
export type SenderName = 'bare' | 'destination' | 'exporter';

export interface SenderMeasurement {
  readonly records: number;
  /** Until the receiver had the last one. */
  readonly seconds: number;
  /** CPU of the main thread. */
  readonly mainMicros: number;
}
