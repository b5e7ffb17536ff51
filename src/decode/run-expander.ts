/** What members that follow each other gave together. */
export interface Run {
  readonly output: Buffer;
  /** How many bytes the members took; 0 where none was read, and each has to be expanded by itself. */
  readonly usedBytes: number;
  /** About how many bytes came out in vain. */
  readonly wastedBytes: number;
}

export const NO_RUN: Run = { output: Buffer.alloc(0), usedBytes: 0, wastedBytes: 0 };

/**
 * Expands many small members together: a decompressor for each would cost a hundred times what they hold, and a
 * message of a few megabytes would hold up the event loop for seconds.
 *
 * It reads only what is intact. All else, and what is damaged, is left to who reads member by member.
 */
export interface RunExpander {
  /** The members with which these bytes begin, as many as are read together; at most `room` bytes come out. */
  expand(bytes: Buffer, room: number): Run;
}
