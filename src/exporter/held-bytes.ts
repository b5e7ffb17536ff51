/**
 * What an entry costs beside its bytes, about: its object, the view on its memory, its place in lists.
 * Counted, so that many tiny records cannot fill the memory unnoticed; for those that came as one too, as they may
 * have to part.
 */
const ENTRY_COST_BYTES = 256;

export function heldBytesOf(entryBytes: number): number {
  return entryBytes + ENTRY_COST_BYTES;
}
