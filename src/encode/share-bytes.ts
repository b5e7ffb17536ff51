import type { Cuttable } from './cuttable.ts';

/**
 * Cuts the longest of `leaves` to one common size so that all together take at most `budgetBytes`.
 *
 * From the shortest on, each may take an equal share of what is left: the short stay whole and leave their
 * rest to the long ones. Answers the paths of those that were cut.
 */
export function shareBytes(leaves: readonly Cuttable[], budgetBytes: number): string[] {
  const shortestFirst = leaves.toSorted((one, other) => one.bytes - other.bytes);
  const cut = new Set<Cuttable>();
  let budget = budgetBytes;
  for (const [index, leaf] of shortestFirst.entries()) {
    const share = Math.max(0, Math.floor(budget / (shortestFirst.length - index)));
    if (leaf.bytes <= share) {
      leaf.place(0, leaf.length);
      budget -= leaf.bytes;
    } else {
      const piece = leaf.reach(0, share);
      leaf.place(0, piece.end);
      budget -= piece.bytes;
      cut.add(leaf);
    }
  }
  return leaves.filter((leaf) => cut.has(leaf)).map((leaf) => leaf.path);
}
