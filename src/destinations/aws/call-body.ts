/** The body of a call. */
export interface CallBody {
  bytes(): Uint8Array;
  /** Its memory is for others: only when nobody reads it any more. From here on it has none. */
  release(): void;
}
