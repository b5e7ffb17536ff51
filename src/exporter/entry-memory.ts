import { BodyBuffers } from './body-buffers.ts';
import type { Destination } from './destination.ts';
import { keptBytes } from './kept-memory.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/**
 * Memory for the bytes of entries, and of lines that become one, that is used again once they are delivered.
 * None where somebody may read an entry after it was delivered: with a spool the disk may.
 */
export function entryMemoryOf(
  { copiesEntries = false }: Destination,
  { maxBufferedBytes, spool }: Pick<ResolvedOptions, 'maxBufferedBytes' | 'spool'>,
  memory: { readonly freeBytes: number },
): BodyBuffers | undefined {
  if (!copiesEntries || spool !== undefined) return undefined;
  return new BodyBuffers(keptBytes('entries', maxBufferedBytes), () => memory.freeBytes);
}
