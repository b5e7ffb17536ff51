import { median } from '../support/median.ts';
import type { LoadMeasurement } from './load-task.ts';
import type { PathLoad } from './path-loads.ts';

/** Of the time that emitting the load should take. */
const MAX_TIMES_LOAD_SECONDS = 1.05;

/** What all subjects of one load did in all rounds. */
export interface PathResults {
  readonly load: PathLoad;
  readonly measurements: ReadonlyMap<string, readonly LoadMeasurement[]>;
}

type Value = (measurement: LoadMeasurement) => number;

/** The median over the rounds; NaN for a subject that did not run. */
export function medianOf({ measurements }: PathResults, subject: string, value: Value): number {
  return median((measurements.get(subject) ?? []).map(value));
}

/** The largest of all rounds; NaN for a subject that did not run. */
export function worstOf({ measurements }: PathResults, subject: string, value: Value): number {
  const all = (measurements.get(subject) ?? []).map(value);
  return all.length === 0 ? Number.NaN : Math.max(...all);
}

/** Of the main thread for each delivered record. */
export const mainMicrosPerRecord: Value = ({ mainMicros, delivered }) => mainMicros / delivered;

export const dropped: Value = ({ emitted, delivered }) => emitted - delivered;

/** True when the main thread was too busy to emit the load in its time. */
export function isLate(load: PathLoad, { emitSeconds }: LoadMeasurement): boolean {
  return emitSeconds >= load.seconds * MAX_TIMES_LOAD_SECONDS;
}
