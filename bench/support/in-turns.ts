/**
 * Runs every candidate once a round, one after the other, and starts each round with the next one: a
 * machine that slows down or speeds up does so for all of them. Resolves to the results of each.
 */
export async function inTurns<Candidate, Result>(
  candidates: readonly Candidate[],
  rounds: number,
  run: (candidate: Candidate, round: number) => Result | Promise<Result>,
): Promise<Map<Candidate, Result[]>> {
  const results = new Map<Candidate, Result[]>(candidates.map((candidate) => [candidate, []]));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % Math.max(1, candidates.length);
    for (const candidate of [...candidates.slice(first), ...candidates.slice(0, first)]) {
      results.get(candidate)?.push(await run(candidate, round));
    }
  }
  return results;
}
