import type { Effort, Goal, Section } from './section.ts';
import { inChild } from './support/in-child.ts';
import { inTurns } from './support/in-turns.ts';
import { median } from './support/median.ts';
import type { SenderMeasurement, SenderTask } from './zero-mq/sender-task.ts';
import { BARE, SENDERS } from './zero-mq/senders.ts';

const SCRIPT: URL = new URL('zero-mq/sender-process.ts', import.meta.url);

const EFFORTS: Readonly<Record<Effort, { rounds: number; seconds: number }>> = {
  full: { rounds: 5, seconds: 3 },
  quick: { rounds: 2, seconds: 2 },
  tiny: { rounds: 1, seconds: 0.05 },
};

/** Of the rate of the library alone, one record a message. */
const GOALS: Readonly<Record<string, number>> = {
  'JSON, one a message': 0.8,
  'JSON, 10 a message': 8,
  'JSON, 100 a message': 8,
  'MessagePack, 100 a message': 8,
};

/** As many records as go through a socket, beside the library alone. */
export async function measureZeroMq(effort: Effort): Promise<Section> {
  const { rounds, seconds } = EFFORTS[effort];
  const senders = effort === 'tiny' ? [BARE, 'JSON, 100 a message'] : [...SENDERS.keys()];
  const results = await inTurns(senders, rounds, (sender) =>
    inChild<SenderMeasurement>(SCRIPT, { sender, seconds } satisfies SenderTask),
  );
  const rateOf = (sender: string): number =>
    median((results.get(sender) ?? []).map((one) => one.records / one.seconds));
  const microsOf = (sender: string): number =>
    median((results.get(sender) ?? []).map((one) => one.mainMicros / one.records));
  return {
    id: 'zeromq',
    title: 'ZeroMQ',
    method:
      'PUSH to PULL over TCP on one machine, records of 300 bytes as fast as they go, until the receiver in another process has the last one. ' +
      'The library alone sends bytes that are ready; ours encodes log records of the SDK, in calls of `export` with 512 records, and numbers them. ' +
      'Each candidate runs in a process of its own, and they take turns.',
    tables: [
      {
        title: `${seconds} s each, ${rounds} rounds`,
        columns: [
          { name: 'thousand records/s', digits: 0 },
          { name: `÷ ${BARE}`, digits: 2 },
          { name: 'main thread, µs a record', digits: 2 },
        ],
        rows: senders.map((sender) => ({
          candidate: sender,
          values: [rateOf(sender) / 1000, rateOf(sender) / rateOf(BARE), microsOf(sender)],
        })),
      },
    ],
    goals: senders.flatMap((sender): Goal[] => {
      const atLeast = GOALS[sender];
      if (atLeast === undefined) return [];
      const says = `${sender}: records a second ÷ ${BARE}`;
      return [{ says, measured: rateOf(sender) / rateOf(BARE), atLeast }];
    }),
    missing: [],
    remarks: [],
  };
}
