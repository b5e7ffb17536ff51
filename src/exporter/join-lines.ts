import { Slab } from '../pack/slab.ts';
import type { BodyBuffers } from './body-buffers.ts';
import { joinBytes } from './join-bytes.ts';
import type { TrackedEntry } from './tracked-entry.ts';

/**
 * The bytes of all lines, one after the other, in one piece of memory. From here on nobody reads those of the lines.
 *
 * @param buffers Where memory comes from that is used again. Default: fresh memory.
 */
export function joinLines(
  lines: readonly TrackedEntry[],
  buffers: BodyBuffers | undefined,
): Pick<TrackedEntry, 'bytes' | 'slab'> {
  if (buffers === undefined) return { bytes: joinBytes(lines), slab: undefined };
  let slab: Slab | undefined;
  const bytes = joinBytes(lines, (size) => {
    slab = new Slab(buffers, size);
    slab.hold();
    slab.close();
    return slab.memory.subarray(0, size);
  });
  for (const line of lines) line.slab?.release(1);
  return { bytes, slab };
}
