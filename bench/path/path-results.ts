import { median } from '../support/median.ts';
import type { LoadMeasurement } from './load-task.ts';
import type { PathLoad } from './path-loads.ts';

/** Less than that of all rounds together says nothing. */
const LEAST_SECONDS = 1;

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

/** While nobody slowed the processor down. */
export interface FullSpeedCost {
  readonly seconds: number;
  readonly microsPerRecord: number;
}

/**
 * Of the main thread, over all rounds; `undefined` for a subject that did not keep up, whose work is not done
 * while records are emitted, and where the processor hardly ever had its full speed.
 */
export function fullSpeedCost(
  { load, measurements }: PathResults,
  subject: string,
): FullSpeedCost | undefined {
  const all = measurements.get(subject) ?? [];
  const keptUp = all.every((one) => one.deliveredInTime > 0.9 * one.emitted);
  const seconds = sum(all.map(({ fullSpeed }) => fullSpeed.millis)) / 1000;
  if (!keptUp || seconds < LEAST_SECONDS) return undefined;
  const micros = sum(all.map(({ fullSpeed }) => fullSpeed.micros));
  return { seconds, microsPerRecord: micros / (seconds * load.rate) };
}

/** How many times `peer`’s CPU time the main thread needs for a record: at full speed if both had it. */
export function costRatio(results: PathResults, subject: string, peer: string): number {
  const cost = fullSpeedCost(results, subject);
  const peerCost = fullSpeedCost(results, peer);
  if (cost && peerCost) return cost.microsPerRecord / peerCost.microsPerRecord;
  const median = (name: string): number => medianOf(results, name, mainMicrosPerRecord);
  return median(subject) / median(peer);
}

export const dropped: Value = ({ emitted, delivered }) => emitted - delivered;

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
