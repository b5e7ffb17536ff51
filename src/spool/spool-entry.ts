/** What is stored of an entry: the bytes that go to the service, and what accounting needs. */
export interface SpoolEntry {
  readonly bytes: Uint8Array;
  /** Log records that are decided with it, 0 or more: of a record in parts, the last one has it. */
  readonly recordCount: number;
  /** Unix time of the first record in milliseconds. */
  readonly timeMillis: number;
  /** Unix time of the youngest record in milliseconds. */
  readonly lastTimeMillis: number;
  readonly part?: RecordPart | undefined;
}

/** Of a record that takes several entries, which follow each other in one file. */
export interface RecordPart {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

export function isLastPart({ count, index }: RecordPart): boolean {
  return index === count - 1;
}

/** An entry that came back from disk, with its place in the file. */
export interface LoadedEntry extends SpoolEntry {
  readonly index: number;
}
