/**
 * One call of each AWS service, from content that is ready to the answer: the stock client of the SDK beside
 * ours: `node bench/aws-call.ts [part of a name]`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  CALL_CANDIDATES,
  type CallCandidate,
  type ClientConfig,
} from './aws-call/call-candidates.ts';
import { CALL_CONTENTS, type CallName, type MeasuredContent } from './aws-call/call-contents.ts';
import type { Effort, Goal, Section } from './section.ts';
import { type AskedChild, startAskedChild } from './support/asked-child.ts';
import { inTurns } from './support/in-turns.ts';
import { median } from './support/median.ts';
import { type Patience, patienceText } from './support/until-full-speed.ts';

interface MeasuredCall {
  readonly name: CallName;
  readonly goal: number;
  readonly micros: Readonly<Record<CallCandidate, number>>;
}

const EFFORTS: Readonly<
  Record<Effort, { rounds: number; calls: number; warmUpCalls: number } & Patience>
> = {
  full: { rounds: 15, calls: 20, warmUpCalls: 100, patienceMillis: 1_000 },
  quick: { rounds: 7, calls: 15, warmUpCalls: 60, patienceMillis: 500 },
  tiny: { rounds: 1, calls: 1, warmUpCalls: 0, patienceMillis: 0 },
};

/** @param contents Which calls; default all. */
export async function measureAwsCalls(
  effort: Effort,
  contents: readonly MeasuredContent[] = CALL_CONTENTS,
): Promise<Section> {
  const server = fork(new URL('aws-call/call-server.ts', import.meta.url));
  try {
    const [clientConfig]: ClientConfig[] = await once(server, 'message');
    if (clientConfig === undefined)
      throw new Error('The local services did not say where they are');
    const measured: MeasuredCall[] = [];
    for (const content of contents) {
      measured.push(await measureCall(content, clientConfig, effort));
    }
    return sectionOf(measured, effort);
  } finally {
    server.disconnect();
  }
}

function sectionOf(measured: readonly MeasuredCall[], effort: Effort): Section {
  return {
    id: 'aws-call',
    title: 'One call of an AWS service',
    method:
      "The main thread's CPU time of one call, from content that is ready to the answer that all is stored, one call after the other. " +
      'The stock client of the SDK gets strings and bytes, ours gets the entries as they are packed. ' +
      `Each candidate runs in a process of its own and they take turns, ${patienceText(EFFORTS[effort])}; the strict local services run in another process and check every signature and body.`,
    tables: measured.map(({ micros, name }) => ({
      title: name,
      columns: [
        { name: 'µs a call', digits: 0 },
        { name: '÷ stock client', digits: 2 },
      ],
      rows: CALL_CANDIDATES.map((candidate) => ({
        candidate,
        values: [micros[candidate], micros[candidate] / micros['stock client']],
      })),
    })),
    goals: [
      ...measured.map(({ goal, micros, name }) => ({
        says: `${name}: ours ÷ stock client`,
        measured: micros.collectorless / micros['stock client'],
        atMost: goal,
      })),
      ...aggregationGoals(measured),
    ],
    missing: [],
    remarks: [
      'Hashes of bodies from 128 KiB on are made in the thread pool, which is not in these times.',
    ],
  };
}

/** What `aggregation: 'lines'` saves of what the stock client needs for the same lines, one record each. */
function aggregationGoals(measured: readonly MeasuredCall[]): Goal[] {
  const microsOf = (name: CallName): MeasuredCall['micros'] | undefined =>
    measured.find((one) => one.name === name)?.micros;
  const lines = microsOf('Firehose, the same bytes in one record of lines');
  const single = microsOf('Firehose, 500 × 1 KB, one record each');
  if (lines === undefined || single === undefined) return [];
  return [
    {
      says: "Firehose, 500 × 1 KB: ours with `aggregation: 'lines'` ÷ stock client, one record each",
      measured: lines.collectorless / single['stock client'],
      atMost: 0.6,
    },
  ];
}

/** The candidates take turns, each in a process of its own. */
async function measureCall(
  { goal, name }: MeasuredContent,
  clientConfig: ClientConfig,
  effort: Effort,
): Promise<MeasuredCall> {
  const { calls, patienceMillis, rounds, warmUpCalls } = EFFORTS[effort];
  const script = new URL('aws-call/call-process.ts', import.meta.url);
  const children = new Map<CallCandidate, AskedChild>();
  try {
    for (const candidate of CALL_CANDIDATES) {
      const child = startAskedChild(script, {
        name,
        candidate,
        clientConfig,
        patienceMillis,
      });
      children.set(candidate, child);
      if (warmUpCalls > 0) await child.ask(warmUpCalls);
    }
    const results = await inTurns([...children], rounds, ([, child]) => child.ask(calls));
    const medians = [...results].map(([[candidate], micros]) => [candidate, median(micros)]);
    return { name, goal, micros: Object.fromEntries(medians) };
  } finally {
    for (const child of children.values()) child.stop();
  }
}

if (import.meta.main) {
  const wanted = CALL_CONTENTS.filter(({ name }) => name.includes(process.argv[2] ?? ''));
  const { goals, tables } = await measureAwsCalls('quick', wanted);
  for (const { rows, title } of tables) {
    const cells = rows.map(({ candidate, values }) => `${candidate} ${values[0]?.toFixed(0)} µs`);
    const ratio = goals.find(({ says }) => says.startsWith(title))?.measured.toFixed(2);
    process.stdout.write(`${title}: ${ratio} (${cells.join(', ')})\n`);
  }
}
