import type { EntryFrame } from '../../src/pack/entry-frame.ts';

/** A frame that is the same around every entry. */
export function frameOf(before: string, behind: string, roomLength: number): EntryFrame {
  const bytes = Buffer.from(before);
  return {
    length: before.length + behind.length,
    beforeLength: before.length,
    behind: Buffer.from(behind),
    roomLength,
    before: () => bytes,
  };
}
