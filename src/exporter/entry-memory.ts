import { BodyBuffers } from './body-buffers.ts';
import type { Destination } from './destination.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/** Memory for the bytes of entries that is used again once they are delivered. */
export interface EntryMemory {
  readonly slabs: BodyBuffers;
  /** For entries that are made of several lines. */
  readonly joined: BodyBuffers;
}

/** Of the bound on memory, what is kept for later entries while nobody needs it. */
const KEPT_SHARE = 1 / 16;

/** None where somebody may read an entry after it was delivered: with a spool the disk may. */
export function entryMemoryOf(
  { copiesEntries = false }: Destination,
  { maxBufferedBytes, spool }: Pick<ResolvedOptions, 'maxBufferedBytes' | 'spool'>,
): EntryMemory | undefined {
  if (!copiesEntries || spool !== undefined) return undefined;
  const keptBytes = maxBufferedBytes * KEPT_SHARE;
  return { slabs: new BodyBuffers(keptBytes), joined: new BodyBuffers(keptBytes) };
}
