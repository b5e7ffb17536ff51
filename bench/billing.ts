import { BILLED_CASES, type BilledCase } from './billing/billed-cases.ts';
import type { LoadMeasurement, LoadTask, Pace } from './path/load-task.ts';
import type { Effort, Goal, Section, Table } from './section.ts';
import { inChild } from './support/in-child.ts';
import { inTurns } from './support/in-turns.ts';
import { median } from './support/median.ts';

const SCRIPT: URL = new URL('path/load-process.ts', import.meta.url);
const BUSY_RATE = 50_000;
const LATENCY_MILLIS = 20;

type Measured = ReadonlyMap<BilledCase, readonly LoadMeasurement[]>;

/** What AWS would bill for what the exporters sent, worked out by the service from the calls that it got. */
export async function measureBilling(effort: Effort): Promise<Section> {
  const rounds = effort === 'full' ? 5 : 1;
  const seconds = { full: 5, quick: 2, tiny: 0.2 }[effort];
  const rates = effort === 'tiny' ? [1_000] : [BUSY_RATE, 500];
  const cases = effort === 'tiny' ? BILLED_CASES.slice(0, 1) : BILLED_CASES;
  const measured = new Map<number, Measured>();
  for (const rate of rates) {
    const run = (billed: BilledCase) => runUnder({ rate, seconds }, billed);
    measured.set(rate, await inTurns(cases, rounds, run));
  }
  return {
    id: 'billing',
    title: 'What AWS bills',
    method:
      `The loads of the whole path (answers after ${LATENCY_MILLIS} ms, the processor at its defaults). The service parses every call and works out what AWS would bill for it by the rules of cost.md; ` +
      'the floor is the least for which the same bytes and entries could have been sent. CloudWatch Logs bills bytes, not calls: there it is the number of calls, which has a quota.',
    tables: [...measured].map(([rate, results]) => billingTable(rate, seconds, results)),
    goals: [...(measured.get(BUSY_RATE) ?? [])].flatMap(goalOf),
    missing: [],
    remarks: [],
  };
}

function runUnder({ rate, seconds }: Pace, { subject }: BilledCase): Promise<LoadMeasurement> {
  const task: LoadTask = {
    subject,
    rate,
    seconds,
    latencyMillis: LATENCY_MILLIS,
    warmUp: { rate: 1_000, seconds: Math.min(1, seconds) },
    weighs: true,
  };
  return inChild(SCRIPT, task);
}

function billingTable(rate: number, seconds: number, measured: Measured): Table {
  return {
    title: `${rate.toLocaleString('en')} records/s for ${seconds} s`,
    columns: [
      { name: 'records sent', digits: 0 },
      { name: 'calls', digits: 0 },
      { name: 'bytes a record', digits: 0 },
      { name: 'billed', digits: 0 },
      { name: 'floor', digits: 0 },
      { name: 'billed ÷ floor', digits: 3 },
    ],
    rows: [...measured].map(([one, all]) => ({
      candidate: `${one.subject}: ${one.unit}`,
      values: [
        median(all.map(({ delivered }) => delivered)),
        median(all.map(({ use }) => use.calls)),
        median(all.map(({ use, delivered }) => use.bytes / delivered)),
        median(all.map(({ use }) => one.billed(use))),
        median(all.map(({ use }) => one.floor(use))),
        ratio(one, all),
      ],
    })),
  };
}

function goalOf([one, all]: [BilledCase, readonly LoadMeasurement[]]): readonly Goal[] {
  if (one.atMost === undefined) return [];
  const says = `${one.subject}: billed ÷ floor at ${BUSY_RATE / 1000}k records/s`;
  return [{ says, measured: ratio(one, all), atMost: one.atMost }];
}

function ratio({ billed, floor }: BilledCase, all: readonly LoadMeasurement[]): number {
  return median(all.map(({ use }) => billed(use) / floor(use)));
}
