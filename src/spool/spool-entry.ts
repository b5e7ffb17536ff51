/** What is stored of an entry: the bytes that go to the service, and what accounting needs. */
export interface SpoolEntry {
  readonly bytes: Uint8Array;
  /** Log records inside, 0 or more. */
  readonly recordCount: number;
  /** Unix time of the first record in milliseconds. */
  readonly timeMillis: number;
  /** Unix time of the youngest record in milliseconds. */
  readonly lastTimeMillis: number;
}

/** An entry that came back from disk, with its place in the file. */
export interface LoadedEntry extends SpoolEntry {
  readonly index: number;
}
