import { RecordEntry } from '../../exporter/record-entry.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { CallBody } from './call-body.ts';

/**
 * The memory in which entries lie with their frames, as the body of a call. What comes before them is written into the
 * room that is theirs, what comes behind them over the end of the last frame: nobody takes either for an entry.
 *
 * @param head JSON up to the first entry's frame.
 * @param tail In place of what the last frame has behind its entry: ASCII, and as long as that.
 * @returns undefined when they do not lie so.
 */
export function bodyAround(
  entries: readonly PackedEntry[],
  head: string,
  tail: string,
): CallBody | undefined {
  const [entry] = entries;
  if (entries.length > 1 || !(entry instanceof RecordEntry)) return undefined;
  const { frame, length, memory, roomLength, slab, start } = entry;
  const headLength = Buffer.byteLength(head);
  if (frame?.behind.length !== tail.length || headLength > roomLength) return undefined;
  const from = start - headLength;
  const end = start + length;
  memory.write(head, from);
  memory.write(tail, end - tail.length);
  // Delivered, the entries let go of it while a connection may still read it.
  slab?.hold();
  return { bytes: () => memory.subarray(from, end), release: () => slab?.release(1) };
}
