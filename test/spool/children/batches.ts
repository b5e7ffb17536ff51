import { createHash } from 'node:crypto';
import type { SpoolEntry } from '../../../src/spool/spool-entry.ts';

/** Entries that can be made again from the batch's id. */
export function batchOf(id: string): SpoolEntry[] {
  const entryCount = 1 + ((createHash('sha256').update(id).digest()[0] ?? 0) % 7);
  return Array.from({ length: entryCount }, (_, index) => {
    const text = `${id}/${index}/${createHash('sha512').update(`${id} ${index}`).digest('hex')}`;
    const bytes = Buffer.from(text.repeat(1 + 5 * index));
    return { bytes, recordCount: 1, timeMillis: index, lastTimeMillis: index };
  });
}

export function idOf({ bytes }: SpoolEntry): string {
  return Buffer.from(bytes).toString().split('/')[0] ?? '';
}
