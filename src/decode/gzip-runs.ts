import { gunzipSync } from 'node:zlib';
import { type Expanded, expanded } from './expanded.ts';
import { NO_RUN, type Run, type RunExpander } from './run-expander.ts';

export const GZIP_MAGIC: Buffer = Buffer.from([0x1f, 0x8b, 0x08]);
/** Members that are larger cost little more by themselves. */
const FIRST_SLICE_BYTES = 2_048;
const MAX_SLICE_BYTES = 262_144;
const SLICE_GROWTH = 4;
/** What small members seldom reach; a slice that would become larger is given up soon. */
const MAX_RATIO = 16;
const MAX_WAIT_DOUBLINGS = 6;

/**
 * Node.js expands gzip members that follow each other at once, and throws when one of them is damaged, without a
 * word on where. So slices of them are tried, each longer than the one before, up to a place where a member
 * seems to begin. After a slice that fails some members are read alone, more after each failure in a row.
 */
export class GzipRuns implements RunExpander {
  #sliceBytes = FIRST_SLICE_BYTES;
  #failures = 0;
  #membersToWait = 0;

  expand(bytes: Buffer, room: number): Run {
    if (this.#membersToWait > 0) {
      this.#membersToWait--;
      return NO_RUN;
    }
    const end = bytes.subarray(0, this.#sliceBytes).lastIndexOf(GZIP_MAGIC);
    if (end <= 0) return NO_RUN;
    const limit = Math.max(1, Math.min(room, MAX_RATIO * end));
    const found = gunzip(bytes.subarray(0, end), limit);
    if (found?.usedBytes === end && found.output.length <= room) {
      this.#failures = 0;
      this.#sliceBytes = Math.min(MAX_SLICE_BYTES, SLICE_GROWTH * this.#sliceBytes);
      return { ...found, wastedBytes: 0 };
    }
    this.#sliceBytes = FIRST_SLICE_BYTES;
    this.#failures = Math.min(MAX_WAIT_DOUBLINGS, this.#failures + 1);
    this.#membersToWait = 2 ** this.#failures;
    return { ...NO_RUN, wastedBytes: limit };
  }
}

function gunzip(bytes: Buffer, maxOutputLength: number): Expanded | undefined {
  try {
    return expanded(gunzipSync(bytes, { info: true, maxOutputLength }));
  } catch {
    return undefined;
  }
}
