import { BY_ITSELF, type SlabPlace } from '../pack/byte-slabs.ts';
import { Slab } from '../pack/slab.ts';
import { byteCountOf, SlabEntry } from '../pack/slab-entry.ts';
import { joinBytes } from './join-bytes.ts';
import type { ReusedMemory } from './reused-memory.ts';
import type { TrackedEntry } from './tracked-entry.ts';

/**
 * The bytes of all lines, one after the other, in one piece of memory. From here on nobody reads those of the lines.
 *
 * @param buffers Where memory comes from that is used again. Default: fresh memory.
 */
export function joinLines(
  lines: readonly TrackedEntry[],
  buffers: ReusedMemory | undefined,
): SlabPlace {
  let byteCount = 0;
  let nestedLines = 0;
  for (const line of lines) {
    byteCount += byteCountOf(line);
    if (isNested(line)) nestedLines += 1;
  }
  // A record that had to be cut lies there plain: then all do.
  const isMixed = nestedLines > 0 && nestedLines < lines.length;
  const alike = isMixed ? lines.map(({ bytes }) => ({ bytes })) : lines;
  if (buffers === undefined) {
    const memory = joinBytes(alike);
    return { ...BY_ITSELF, memory, start: 0, length: memory.length, byteCount, slab: undefined };
  }
  let slab: Slab | undefined;
  const memory = joinBytes(alike, (size) => {
    slab = new Slab(buffers, size);
    slab.hold();
    slab.close();
    return slab.memory.subarray(0, size);
  });
  for (const line of lines) line.slab?.release(1);
  return { ...BY_ITSELF, memory, start: 0, length: memory.length, byteCount, slab };
}

function isNested(line: TrackedEntry): boolean {
  return line instanceof SlabEntry && line.isNested;
}
