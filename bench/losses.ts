/**
 * What arrives, and what is told of the rest, when a service fails under an ordinary application:
 * `npm run build && npm run bench -- losses`.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { LOSS_CANDIDATES, type LossCandidate } from './losses/loss-candidate.ts';
import { LOSS_SCENARIOS, type LossScenario } from './losses/loss-scenario.ts';
import { type LossResult, REGISTER, runScenario } from './losses/run-scenario.ts';
import type { Effort, Section, Table } from './section.ts';

const PEERS_PACKAGE = fileURLToPath(new URL('peers/package.json', import.meta.url));
/** Much less than in a full run, and enough to see that every application runs. */
const TINY = { lines: 20, linesPerSecond: 200 };

export async function measureLosses(
  effort: Effort,
  peersPackage: string = PEERS_PACKAGE,
): Promise<Section> {
  const isInstalled = installedIn(peersPackage);
  const isRunnable = ({ environment, packages }: LossCandidate): boolean =>
    environment === undefined ? packages.every(isInstalled) : existsSync(REGISTER);
  const candidates = LOSS_CANDIDATES.filter(isRunnable);
  const scenarios = effort === 'tiny' ? LOSS_SCENARIOS.slice(0, 1) : LOSS_SCENARIOS;
  const measured: { scenario: LossScenario; results: Map<LossCandidate, LossResult> }[] = [];
  for (const scenario of scenarios) {
    const task = effort === 'tiny' ? { ...scenario, ...TINY } : scenario;
    const results = await Promise.all(
      candidates.map(
        async (candidate) => [candidate, await runScenario(candidate, task, peersPackage)] as const,
      ),
    );
    measured.push({ scenario: task, results: new Map(results) });
  }
  return {
    id: 'losses',
    title: 'Lines that do not arrive',
    method:
      'An application of a few lines logs numbered lines at a steady rate, in a process of its own, against strict local services that fail in a known way; then it uses the library’s own flush. ' +
      'The lines that were stored are counted by their numbers. All libraries are at their defaults; ours is pino with `--import collectorless/register`.',
    tables: measured.map(({ results, scenario }) => tableOf(scenario, results)),
    goals: measured.flatMap(({ results, scenario }) => goalsOf(scenario, results)),
    missing: LOSS_CANDIDATES.filter((candidate) => !candidates.includes(candidate)).map(
      ({ environment, name }) =>
        `${name}: ${environment === undefined ? 'not installed' : 'not built, see `npm run build`'}`,
    ),
    remarks: [
      'A line that is neither stored nor on stderr is lost, and no library but ours says how many they are.',
      '`@serdnam/pino-cloudwatch-transport` sends when it has 1 MiB or at the end: what it loses depends on whether a call falls into the failure.',
    ],
  };
}

function tableOf(
  { lines, title }: LossScenario,
  results: ReadonlyMap<LossCandidate, LossResult>,
): Table {
  return {
    title: `${title} (${lines} lines)`,
    columns: [
      { name: 'arrived', digits: 0 },
      { name: 'left on stderr', digits: 0 },
      { name: 'lost', digits: 0 },
      { name: 'stored twice', digits: 0 },
      { name: 'calls', digits: 0 },
    ],
    rows: [...results].map(([{ name }, { arrived, leftOnStderr, logged, requests, twice }]) => ({
      candidate: name,
      values: [arrived, leftOnStderr, logged - arrived - leftOnStderr, twice, requests],
    })),
  };
}

function goalsOf(
  { title }: LossScenario,
  results: ReadonlyMap<LossCandidate, LossResult>,
): Section['goals'] {
  return [...results]
    .filter(([{ name }]) => name.startsWith('collectorless'))
    .map(([{ name }, { arrived, leftOnStderr, logged }]) => ({
      says: `lines lost by ${name}: ${title}`,
      measured: logged - arrived - leftOnStderr,
      atMost: 0,
    }));
}

function installedIn(peersPackage: string): (name: string) => boolean {
  const { resolve } = createRequire(peersPackage);
  return (name) => {
    try {
      resolve(name);
      return true;
    } catch {
      return false;
    }
  };
}
