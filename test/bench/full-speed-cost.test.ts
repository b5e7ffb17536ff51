import { expect, test } from 'vitest';
import { costRatio, fullSpeedCost } from '../../bench/path/full-speed-cost.ts';
import type { LoadMeasurement } from '../../bench/path/load-task.ts';
import type { PathResults } from '../../bench/path/path-results.ts';
import { NOTHING_USED } from '../../bench/service/billed-use.ts';
import type { FullSpeedUse } from '../../bench/support/speed-stretches.ts';

const ROUND: LoadMeasurement = {
  emitted: 1_000,
  emitSeconds: 1,
  delivered: 1_000,
  deliveredInTime: 1_000,
  mainMicros: 9_000,
  processMicros: 9_000,
  fullSpeed: fullSpeed(0, 0),
  delayP99Millis: 1,
  delayMaxMillis: 1,
  peakMegabytes: 100,
  requests: 1,
  bytes: 1,
  use: NOTHING_USED,
  refused: [],
};

test('the cost at full speed is of all rounds together, for the records of that time', () => {
  const ours = [{ fullSpeed: fullSpeed(500, 1_000) }, { fullSpeed: fullSpeed(1_500, 5_000) }];

  expect(fullSpeedCost(resultsOf({ ours }), 'ours')).toEqual({ seconds: 2, microsPerRecord: 3 });
});

test('a process that never had full speed does not count', () => {
  const rounds = [
    { fullSpeed: fullSpeed(2_000, 4_000) },
    { fullSpeed: { ...fullSpeed(2_000, 9_000), fastestSampleMillis: 0.12 } },
  ];

  expect(fullSpeedCost(resultsOf({ ours: rounds }), 'ours')?.microsPerRecord).toBe(2);
});

test('it never had full speed either where only another candidate had a faster sample', () => {
  const results = resultsOf({
    ours: [{ fullSpeed: { ...fullSpeed(2_000, 9_000), fastestSampleMillis: 0.12 } }],
    peer: [{ fullSpeed: fullSpeed(2_000, 4_000) }],
  });

  expect(fullSpeedCost(results, 'ours')).toBeUndefined();
});

test('candidates are compared at full speed where both had it', () => {
  const results = resultsOf({
    ours: [{ fullSpeed: fullSpeed(2_000, 4_000) }],
    peer: [{ fullSpeed: fullSpeed(2_000, 8_000), mainMicros: 9_999 }],
  });

  expect(costRatio(results, 'ours', 'peer')).toBe(0.5);
});

test.each<[string, Partial<LoadMeasurement>]>([
  ['hardly ever had full speed', { fullSpeed: fullSpeed(1_999, 1) }],
  ['delivered late', { deliveredInTime: 949 }],
  ['lost records', { delivered: 989 }],
  ['could not emit the load in its time', { emitSeconds: 1.06 }],
])('candidates are compared over all rounds when one of them %s', (_, peer) => {
  const results = resultsOf({
    ours: [{ fullSpeed: fullSpeed(2_000, 4_000), mainMicros: 3_000 }],
    peer: [{ ...ROUND, fullSpeed: fullSpeed(2_000, 1), mainMicros: 6_000, ...peer }],
  });

  const deliveredByPeer = peer.delivered ?? ROUND.delivered;
  expect(costRatio(results, 'ours', 'peer')).toBeCloseTo(3 / (6_000 / deliveredByPeer));
});

/** At 1,000 records a second. */
function resultsOf(rounds: Readonly<Record<string, readonly Partial<LoadMeasurement>[]>>) {
  const measurements = Object.entries(rounds).map(
    ([subject, all]) => [subject, all.map((round) => ({ ...ROUND, ...round }))] as const,
  );
  const load = { rate: 1_000, latencyMillis: 1, seconds: 1, rounds: 2, subjects: [] };
  return { load, measurements: new Map(measurements) } satisfies PathResults;
}

function fullSpeed(millis: number, micros: number): FullSpeedUse {
  return { millis, micros, fastestSampleMillis: 0.1 };
}
