/**
 * What stands around each entry in the body of a request. Where it lies around them in memory too, and room before the
 * first one, that memory becomes the body: nobody has to copy them.
 */
export interface EntryFrame {
  /** Of both sides together, for every entry. */
  readonly length: number;
  readonly beforeLength: number;
  readonly behind: Uint8Array;
  /** Kept free before the first entry of a request, for what a body begins with. */
  readonly roomLength: number;
  /**
   * Good until the next call; undefined for an entry that would need more or less of it: it gets no frame.
   *
   * @param timeMillis Any number.
   */
  before(timeMillis: number): Uint8Array | undefined;
}
