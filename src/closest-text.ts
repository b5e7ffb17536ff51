/**
 * The candidate that was most likely meant by a text with a slip: one that begins or ends with the whole of
 * it, else the one with the fewest letters to change, insert or leave out, when these are at most half of all.
 */
export function closestText(text: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, changes: changesBetween(text, candidate) }))
    .filter(({ candidate, changes }) => changes <= Math.max(text.length, candidate.length) / 2)
    .sort((one, other) => one.changes - other.changes);
  return ranked[0]?.candidate;
}

function changesBetween(one: string, other: string): number {
  const containsAllWords = other.endsWith(`_${one}`) || other.startsWith(`${one}_`);
  return containsAllWords ? 2 : levenshteinDistance(one, other);
}

function levenshteinDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let line = 1; line <= one.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[line - 1] === other[column - 1];
      next.push(
        Math.min(
          (next[column - 1] ?? 0) + 1,
          (row[column] ?? 0) + 1,
          (row[column - 1] ?? 0) + (isSame ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
