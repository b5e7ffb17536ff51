/** What one process sends, as fast as it goes. */
export interface SenderTask {
  /** A name of `SENDERS`. */
  readonly sender: string;
  readonly seconds: number;
}

export interface SenderMeasurement {
  readonly records: number;
  /** Until the receiver had the last one. */
  readonly seconds: number;
  /** CPU of the main thread. */
  readonly mainMicros: number;
}
