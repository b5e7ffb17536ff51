/** The smallest thing a service accepts or refuses on its own: a Firehose record, a log event, a message. */
export interface PackedEntry {
  /**
   * What the service stores, delimiter included. A destination of the application gets a copy, which with
   * `copiesEntries` lies beside those of the other entries of the request: to transfer it, copy it again.
   */
  readonly bytes: Uint8Array;
  /** The same text as it stands in a JSON string, without the quotes around it; where it is ready. */
  readonly nested?: Uint8Array | undefined;
  /** Log records inside: 1, more when lines are aggregated, 0 for a part of a split record. */
  readonly recordCount: number;
  /** Unix time of the (first) record in whole milliseconds, never negative. */
  readonly timeMillis: number;
  /** The time under which it is sent again because the service refused its own. */
  readonly restampedMillis?: number | undefined;
  /** Grows by one for each entry of an exporter and stays the same over all attempts. */
  readonly sequence: number;
}
