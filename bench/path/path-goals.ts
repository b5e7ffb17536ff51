import type { Goal } from '../section.ts';
import { costRatio } from './full-speed-cost.ts';
import type { LoadMeasurement } from './load-task.ts';
import { COMPARED_LATENCY_MILLIS, COMPARED_RATE, OURS } from './path-loads.ts';
import { dropped, medianOf, type PathResults, worstOf } from './path-results.ts';
import { REFERENCE } from './path-table.ts';

interface CostGoal {
  readonly subject: string;
  readonly peer: string;
  readonly atMost: number;
}

const COST_GOALS: readonly CostGoal[] = [
  { subject: 'Firehose', peer: REFERENCE, atMost: 1.1 },
  { subject: 'Firehose lines', peer: REFERENCE, atMost: 1.1 },
  { subject: 'CloudWatch Logs', peer: REFERENCE, atMost: 1.1 },
  { subject: 'HTTP NDJSON', peer: REFERENCE, atMost: 0.9 },
  { subject: 'HTTP MessagePack', peer: REFERENCE, atMost: 0.75 },
  { subject: 'CloudWatch Logs', peer: 'LogTape CloudWatch', atMost: 0.35 },
  { subject: 'CloudWatch Logs', peer: 'winston-cloudwatch', atMost: 0.2 },
  { subject: 'Firehose', peer: 'winston-firehose', atMost: 0.05 },
];

/** Of one load; those that need a peer only where it ran. */
export function pathGoals(results: PathResults): readonly Goal[] {
  const { rate, latencyMillis } = results.load;
  const at = `${rate / 1000}k records/s and ${latencyMillis} ms`;
  const noneDropped = OURS.map((subject) => ({
    says: `${subject}: records dropped at ${at}, worst round`,
    measured: worstOf(results, subject, dropped),
    atMost: 0,
  }));
  const isCompared = rate === COMPARED_RATE && latencyMillis === COMPARED_LATENCY_MILLIS;
  const compared = isCompared ? [...costGoals(results), ...loopAndMemoryGoals(results)] : [];
  return [...noneDropped, ...compared].filter(({ measured }) => !Number.isNaN(measured));
}

function costGoals(results: PathResults): readonly Goal[] {
  return COST_GOALS.map(({ subject, peer, atMost }) => ({
    says: `${subject}: the main thread's CPU for a record ÷ ${peer}`,
    measured: costRatio(results, subject, peer),
    atMost,
  }));
}

function loopAndMemoryGoals(results: PathResults): readonly Goal[] {
  return OURS.flatMap((subject) => {
    const ratio = (value: (measurement: LoadMeasurement) => number): number =>
      medianOf(results, subject, value) / medianOf(results, REFERENCE, value);
    const goal = (what: string, measured: number, atMost: number): Goal => ({
      says: `${subject}: ${what} ÷ ${REFERENCE}`,
      measured,
      atMost,
    });
    return [
      goal(
        'loop delay p99',
        ratio((one) => one.delayP99Millis),
        0.35,
      ),
      goal(
        'longest loop delay',
        ratio((one) => one.delayMaxMillis),
        0.6,
      ),
      goal(
        'peak memory',
        ratio((one) => one.peakMegabytes),
        1,
      ),
    ];
  });
}
