import { expect } from 'vitest';
import type { ExporterStats } from '../../src/index.ts';

/** Records lost, for whatever reason. */
export function droppedCountOf({ dropped }: Pick<ExporterStats, 'dropped'>): number {
  return Object.values(dropped).reduce((sum, count) => sum + count, 0);
}

/** 0 when the accounts balance: every record is delivered, dropped, on disk or in flight. */
export function imbalanceOf(stats: ExporterStats): number {
  const { delivered, exported, inFlight, spooled } = stats;
  return exported - delivered - droppedCountOf(stats) - spooled - inFlight;
}

/** After a shutdown: every record was delivered or is counted as dropped, and no memory is held for any. */
export function expectSettled(stats: ExporterStats): void {
  const { bufferedBytes, delivered, exported, inFlight } = stats;
  expect({ exported, inFlight, bufferedBytes }).toEqual({
    exported: delivered + droppedCountOf(stats),
    inFlight: 0,
    bufferedBytes: 0,
  });
}
