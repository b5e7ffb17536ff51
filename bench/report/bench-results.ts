import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Effort, Section } from '../section.ts';

/** A section and where it was measured. */
export interface BenchResult {
  readonly section: Section;
  readonly effort: Effort;
  /** Node, processors and day. */
  readonly environment: string;
}

/** All sections that were ever published, by their ids; a run of some of them replaces only these. */
export type BenchResults = Readonly<Record<string, BenchResult>>;

const FILE = fileURLToPath(new URL('../results.json', import.meta.url));
const BIOME = fileURLToPath(
  new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url),
);

export function readBenchResults(): BenchResults {
  if (!existsSync(FILE)) return {};
  // JSON has no NaN: it was written as null.
  return JSON.parse(readFileSync(FILE, 'utf8'), (_, value) => value ?? Number.NaN);
}

/** Numbers are kept with six digits, which is more than they are worth. */
export function writeBenchResults(results: BenchResults): void {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  writeFileSync(FILE, JSON.stringify(results, rounded, 2));
  execFileSync(process.execPath, [BIOME, 'format', '--write', FILE], { stdio: 'ignore' });
}
