import type { LoadMeasurement } from './load-task.ts';
import { isLate, mainMicrosPerRecord, medianOf, type PathResults } from './path-results.ts';

/** Less than that of all rounds together says little. */
const LEAST_SECONDS = 2;
/** A process in which even the fastest sample was slower than that of another never had full speed. */
const MAX_TIMES_FASTEST = 1.1;

/** While nobody slowed the processor down. */
export interface FullSpeedCost {
  readonly seconds: number;
  readonly microsPerRecord: number;
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
