import type { Destination } from './destination.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/**
 * Puts what stands behind each record behind entries that have it not: they were written under other options. Lines
 * that were none would otherwise run into each other.
 */
export function delimiting<E extends { readonly bytes: Uint8Array }>(
  { delimiter = '' }: Pick<Destination, 'delimiter'>,
  { encoder }: Pick<ResolvedOptions, 'encoder'>,
): (entries: readonly E[]) => readonly E[] {
  if (delimiter === '' || !encoder.isText) return (entries) => entries;
  const end = Buffer.from(delimiter);
  return (entries) =>
    entries.map((entry) => {
      const { bytes } = entry;
      if (end.equals(bytes.subarray(-end.length))) return entry;
      return { ...entry, bytes: Buffer.concat([bytes, end]) };
    });
}
