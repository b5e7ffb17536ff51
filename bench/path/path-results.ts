import { median } from '../support/median.ts';
import type { LoadMeasurement } from './load-task.ts';
import type { PathLoad } from './path-loads.ts';

/** Less than that of all rounds together says little. */
const LEAST_SECONDS = 2;
/** A process in which even the fastest sample was slower than that of another never had full speed. */
const MAX_TIMES_FASTEST = 1.1;
/** Of the time that the load takes: a subject that needs more is too busy to emit it. */
const LATE = 1.05;

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

/** True when the main thread was too busy to emit the load in its time. */
export function isLate(load: PathLoad, { emitSeconds }: LoadMeasurement): boolean {
  return emitSeconds >= load.seconds * LATE;
}

/**
 * Of the main thread, over all rounds; `undefined` where the processor hardly ever had its full speed, and for a
 * subject that did not keep up: its work is not done while records are emitted, or not for all of them.
 */
export function fullSpeedCost(
  { load, measurements }: PathResults,
  subject: string,
): FullSpeedCost | undefined {
  const rounds = measurements.get(subject) ?? [];
  const keptUp = rounds.every((one) => !isLate(load, one) && keepsUp(one));
  const fastest = fastestSampleMillis([...measurements.values()].flat());
  const uses = rounds
    .map(({ fullSpeed }) => fullSpeed)
    .filter((use) => use.fastestSampleMillis <= fastest * MAX_TIMES_FASTEST);
  const seconds = sum(uses.map(({ millis }) => millis)) / 1000;
  if (!keptUp || seconds < LEAST_SECONDS) return undefined;
  const micros = sum(uses.map(({ micros }) => micros));
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

/** What is on its way when the last record is emitted comes after it: a batch, or what a request takes. */
function keepsUp({ delivered, deliveredInTime, emitted }: LoadMeasurement): boolean {
  return delivered > 0.99 * emitted && deliveredInTime > 0.95 * emitted;
}

function fastestSampleMillis(all: readonly LoadMeasurement[]): number {
  return Math.min(...all.map(({ fullSpeed }) => fullSpeed.fastestSampleMillis));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
