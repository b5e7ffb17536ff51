import type { Column, Table } from '../section.ts';
import { costRatio, fullSpeedCost } from './full-speed-cost.ts';
import {
  dropped,
  mainMicrosPerRecord,
  medianOf,
  type PathResults,
  worstOf,
} from './path-results.ts';

/** The exporter with which ours are compared. */
export const REFERENCE = 'OTLP JSON, tuned';

const COLUMNS: readonly Column[] = [
  { name: 'delivered while running, k/s', digits: 1 },
  { name: 'dropped, %', digits: 1 },
  { name: 'dropped in the worst round, records', digits: 0 },
  { name: 'main thread, µs a delivered record', digits: 2 },
  { name: 'at full speed, µs', digits: 2 },
  { name: 'for so many seconds', digits: 1 },
  { name: `÷ ${REFERENCE}`, digits: 2 },
  { name: 'whole process, µs', digits: 2 },
  { name: 'loop delay p99, ms', digits: 1 },
  { name: 'max, ms', digits: 1 },
  { name: 'peak memory, MB', digits: 0 },
  { name: 'requests', digits: 0 },
];

/** Medians of all rounds, one row a subject. */
export function pathTable(results: PathResults): Table {
  const { load, measurements } = results;
  return {
    title: `${load.rate.toLocaleString('en')} records/s for ${load.seconds} s, answers after ${load.latencyMillis} ms, ${load.rounds} rounds`,
    columns: COLUMNS,
    rows: [...measurements.keys()].map((subject) => ({
      candidate: subject,
      values: [
        medianOf(results, subject, (one) => one.deliveredInTime / one.emitSeconds / 1000),
        medianOf(results, subject, (one) => (100 * dropped(one)) / one.emitted),
        worstOf(results, subject, dropped),
        medianOf(results, subject, mainMicrosPerRecord),
        fullSpeedCost(results, subject)?.microsPerRecord,
        fullSpeedCost(results, subject)?.seconds,
        costRatio(results, subject, REFERENCE),
        medianOf(results, subject, (one) => one.processMicros / one.delivered),
        medianOf(results, subject, (one) => one.delayP99Millis),
        medianOf(results, subject, (one) => one.delayMaxMillis),
        medianOf(results, subject, (one) => one.peakMegabytes),
        medianOf(results, subject, (one) => one.requests),
      ],
    })),
  };
}
