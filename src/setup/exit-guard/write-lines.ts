import { writeSync } from 'node:fs';
import { codeOf } from '../../code-of.ts';

/** Fewer calls of the system than lines, and no copy of all that is left. */
const CHUNK_LENGTH = 65_536;
const PAUSE_MILLIS = 5;
/** A reader that takes nothing for so long, 2 s, is given up. */
const MAX_PAUSES = 400;

/** A place to write to that may take less than it is given, or refuse for a while with `EAGAIN`. */
export interface LineSink {
  /** Answers how many bytes it took; throws as `fs.writeSync` does. */
  write(bytes: Uint8Array): number;
  /** Blocks: in the last moment of a process there is nothing else to do. */
  pause(millis: number): void;
}

/** The standard error output itself, whatever `process.stderr` was replaced by. */
export const standardError: LineSink = {
  write: (bytes) => writeSync(2, bytes),
  pause(millis) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis);
  },
};

/** Writes the lines, each with a newline, and answers how many were taken whole. Throws only what `lines` throws. */
export function writeLines(lines: Iterable<string>, sink: LineSink): number {
  let written = 0;
  let chunk: string[] = [];
  let length = 0;
  const writeChunk = (): boolean => {
    const isWritten = chunk.length === 0 || writeAll(Buffer.from(`${chunk.join('\n')}\n`), sink);
    if (isWritten) written += chunk.length;
    chunk = [];
    length = 0;
    return isWritten;
  };
  try {
    for (const line of lines) {
      chunk.push(line);
      length += line.length;
      if (length >= CHUNK_LENGTH && !writeChunk()) return written;
    }
  } finally {
    writeChunk();
  }
  return written;
}

/** False when the reader is gone, or takes nothing any more. */
function writeAll(bytes: Uint8Array, sink: LineSink): boolean {
  let rest = bytes;
  let pauses = 0;
  while (rest.length > 0) {
    const taken = writeSome(rest, sink);
    if (taken === 'gone') return false;
    if (taken > 0) {
      rest = rest.subarray(taken);
      pauses = 0;
    } else if (pauses >= MAX_PAUSES) {
      return false;
    } else {
      pauses += 1;
      sink.pause(PAUSE_MILLIS);
    }
  }
  return true;
}

function writeSome(bytes: Uint8Array, sink: LineSink): number | 'gone' {
  try {
    return sink.write(bytes);
  } catch (error) {
    return codeOf(error) === 'EAGAIN' ? 0 : 'gone';
  }
}
