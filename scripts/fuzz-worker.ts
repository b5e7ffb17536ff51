// The thread of scripts/fuzz.ts that looks for counterexamples; it may hang or run out of memory.
import { parentPort, workerData } from 'node:worker_threads';
import { FUZZ_TOPICS } from '../test/fuzz/topics.ts';

export interface FuzzPlan {
  readonly topics: readonly string[];
  readonly seed: number;
  readonly untilMillis: number;
}

export type FuzzReport =
  | { readonly kind: 'begun'; readonly law: string; readonly seed: number; readonly runs: number }
  | { readonly kind: 'failed'; readonly law: string; readonly message: string }
  | { readonly kind: 'round'; readonly round: number };

const MAX_GROWTH = 64;
const MAX_LAW_MILLIS = 20_000;

const { seed, topics, untilMillis }: FuzzPlan = workerData;
const laws = topics.flatMap((topic) =>
  (FUZZ_TOPICS[topic] ?? []).map((one) => ({ ...one, name: `${topic}: ${one.name}` })),
);
const report = (message: FuzzReport): void => parentPort?.postMessage(message);
const failed = new Set<string>();

for (let round = 0; Date.now() < untilMillis && failed.size < laws.length; round += 1) {
  report({ kind: 'round', round });
  for (const { check, name, runs } of laws) {
    const leftMillis = untilMillis - Date.now();
    if (leftMillis <= 0) break;
    if (failed.has(name)) continue;
    const budget = { seed: seed + round, runs: runs * Math.min(2 ** round, MAX_GROWTH) };
    report({ kind: 'begun', law: name, ...budget });
    const message = await check({ ...budget, maxMillis: Math.min(leftMillis, MAX_LAW_MILLIS) });
    if (message === undefined) continue;
    failed.add(name);
    report({ kind: 'failed', law: name, message });
  }
}
