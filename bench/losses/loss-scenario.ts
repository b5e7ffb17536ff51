import type { Fault } from '../../src/testing/index.ts';

/** What goes wrong while an application logs, and how it ends. */
export interface LossScenario {
  readonly id: 'calm' | 'throttle' | 'outage' | 'large' | 'exit';
  readonly title: string;
  readonly lines: number;
  readonly linesPerSecond: number;
  /** Bytes of one line in the middle; the others have about 100. */
  readonly largeLineBytes?: number;
  /** The application calls `process.exit()` after its last line instead of the library's own flush. */
  readonly exits: boolean;
  /** @param elapsedMillis Since the first line, 0 before it. */
  readonly faults: (elapsedMillis: () => number) => readonly Fault[];
}

const OUTAGE_MILLIS = 12_000;
const LINES_PER_SECOND = 500;
const common = {
  lines: 5 * LINES_PER_SECOND,
  linesPerSecond: LINES_PER_SECOND,
  exits: false,
  faults: () => [],
};

export const LOSS_SCENARIOS: readonly LossScenario[] = [
  { ...common, id: 'calm', title: 'nothing goes wrong' },
  {
    ...common,
    id: 'throttle',
    title: 'every other call is throttled',
    faults: () => [{ kind: 'throttle', rate: 0.5 }],
  },
  {
    ...common,
    id: 'outage',
    title: `the service answers 503 for ${OUTAGE_MILLIS / 1000} of 20 seconds`,
    lines: 20 * LINES_PER_SECOND,
    faults: (elapsedMillis) => [
      {
        kind: 'service-unavailable',
        match: () => elapsedMillis() > 3_000 && elapsedMillis() < 3_000 + OUTAGE_MILLIS,
      },
    ],
  },
  { ...common, id: 'large', title: 'one line has 300,000 bytes', largeLineBytes: 300_000 },
  { ...common, id: 'exit', title: '`process.exit()` after the last line', exits: true },
];
