import { CORPORA } from './encoding/corpora.ts';
import { ENCODING_CANDIDATES, READY_OBJECTS, REFERENCE } from './encoding/encoding-candidates.ts';
import type { Effort, Goal, Section } from './section.ts';
import { type AskedChild, startAskedChild } from './support/asked-child.ts';
import { inTurns } from './support/in-turns.ts';
import { median } from './support/median.ts';
import { type Patience, patienceText } from './support/until-full-speed.ts';

const SCRIPT: URL = new URL('encoding/encoding-process.ts', import.meta.url);

const EFFORTS: Readonly<
  Record<Effort, { rounds: number; runs: number; warmUpRuns: number } & Patience>
> = {
  full: { rounds: 15, runs: 20, warmUpRuns: 200, patienceMillis: 1_000 },
  quick: { rounds: 5, runs: 10, warmUpRuns: 100, patienceMillis: 500 },
  tiny: { rounds: 1, runs: 1, warmUpRuns: 0, patienceMillis: 0 },
};

/** At most so much of OTLP JSON, by corpus. */
const GOALS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  JSON: { plain: 0.6, 'non-ASCII': 0.4, nested: 0.45, '4 KB': 0.55 },
  MessagePack: { plain: 0.45, 'non-ASCII': 0.3, nested: 0.35, '4 KB': 0.35 },
};

/** Median microseconds of a record, by corpus and candidate. */
type Medians = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** From log records to bytes, without anything else. */
export async function measureEncoding(effort: Effort): Promise<Section> {
  const isTiny = effort === 'tiny';
  const candidates = isTiny ? [REFERENCE, 'JSON'] : [...ENCODING_CANDIDATES.keys()];
  const medians = new Map<string, ReadonlyMap<string, number>>();
  for (const corpus of Object.keys(CORPORA).slice(0, isTiny ? 1 : undefined)) {
    medians.set(corpus, await measureCorpus(corpus, candidates, effort));
  }
  return {
    id: 'encoding',
    title: 'Encoding a record',
    method:
      'Records of the SDK with ten attributes of mixed types, a resource of 15 attributes and, on every second one, a trace context; bodies are a text of 120 characters (plain), a text of other scripts, an object, or a text of 4 KB. ' +
      'Ours write the resource into each record, OTLP once for all 512 of a run. ' +
      `Each candidate encodes 512 records again and again in a process of its own (tinybench), and they take turns, ${patienceText(EFFORTS[effort])}.`,
    tables: [table(medians, candidates)],
    goals: goals(medians),
    missing: [],
    remarks: [
      '`JSON.stringify` makes strings, which something must still turn into bytes; all others but pino make bytes.',
    ],
  };
}

async function measureCorpus(
  corpus: string,
  candidates: readonly string[],
  effort: Effort,
): Promise<ReadonlyMap<string, number>> {
  const { patienceMillis, rounds, runs, warmUpRuns } = EFFORTS[effort];
  const children = new Map<string, AskedChild>();
  try {
    for (const candidate of candidates) {
      const child = startAskedChild(SCRIPT, { candidate, corpus, patienceMillis });
      children.set(candidate, child);
      if (warmUpRuns > 0) await child.ask(warmUpRuns);
    }
    const results = await inTurns([...children], rounds, ([, child]) => child.ask(runs));
    return new Map([...results].map(([[candidate], micros]) => [candidate, median(micros)]));
  } finally {
    for (const child of children.values()) child.stop();
  }
}

function table(medians: Medians, candidates: readonly string[]): Section['tables'][number] {
  return {
    title: `A record, ÷ ${REFERENCE}`,
    columns: [...medians.keys()].flatMap((corpus) => [
      { name: `${corpus}, µs`, digits: 2 },
      { name: `${corpus}, ÷`, digits: 2 },
    ]),
    rows: candidates.map((candidate) => ({
      candidate,
      values: [...medians.values()].flatMap((micros) => [
        micros.get(candidate),
        ratio(micros, candidate, REFERENCE),
      ]),
    })),
  };
}

function goals(medians: Medians): readonly Goal[] {
  const all = [...medians].flatMap(([corpus, micros]) =>
    Object.entries(GOALS).flatMap(([candidate, bounds]): Goal[] => [
      {
        says: `${candidate} ÷ ${REFERENCE}, ${corpus}`,
        measured: ratio(micros, candidate, REFERENCE),
        atMost: bounds[corpus] ?? 1,
      },
      {
        says: `${candidate} ÷ ${READY_OBJECTS}, ${corpus}`,
        measured: ratio(micros, candidate, READY_OBJECTS),
        atMost: 1,
      },
    ]),
  );
  return all.filter(({ measured }) => !Number.isNaN(measured));
}

function ratio(micros: ReadonlyMap<string, number>, one: string, other: string): number {
  return (micros.get(one) ?? Number.NaN) / (micros.get(other) ?? Number.NaN);
}
