/**
 * The whole path, from `emit` through the batch processor to a server in another process, under a steady
 * load:
 *
 *     node bench/pipeline.ts --rate 50000 --seconds 5 --latency 20 --rounds 3 firehose http-ndjson
 *
 * Each candidate (all of `PIPELINE_CANDIDATES` when none is named) runs in a process of its own, in turns;
 * what is printed are the medians of the rounds, and how the main thread's time for each delivered record
 * compares with that of OTLP/HTTP JSON behind a processor that was tuned so that it loses nothing.
 */
import { parseArgs } from 'node:util';
import { PIPELINE_CANDIDATES } from './pipeline/pipeline-candidates.ts';
import type { PipelineMeasurement, PipelineTask } from './pipeline/pipeline-process.ts';
import { inChild } from './support/in-child.ts';
import { inTurns } from './support/in-turns.ts';
import { median } from './support/median.ts';

const REFERENCE = 'otlp-tuned';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rate: { type: 'string', default: '50000' },
    seconds: { type: 'string', default: '5' },
    latency: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
  },
});
const load = {
  rate: Number(values.rate),
  seconds: Number(values.seconds),
  latencyMillis: Number(values.latency),
};
const candidates = positionals.length > 0 ? positionals : Object.keys(PIPELINE_CANDIDATES);
print(await inTurns(candidates, Number(values.rounds), (candidate) => run({ ...load, candidate })));

function run(task: PipelineTask): Promise<PipelineMeasurement> {
  return inChild(new URL('pipeline/pipeline-process.ts', import.meta.url), task);
}

function print(results: ReadonlyMap<string, readonly PipelineMeasurement[]>): void {
  const of = (candidate: string, value: (one: PipelineMeasurement) => number): number =>
    median((results.get(candidate) ?? []).map(value));
  const cpu = ({ cpuMicros, delivered }: PipelineMeasurement): number => cpuMicros / delivered;
  const rows = [...results.keys()].map((candidate) => ({
    candidate,
    lost: of(candidate, ({ emitted, delivered }) => emitted - delivered),
    µs: of(candidate, cpu).toFixed(2),
    '÷ tuned': (of(candidate, cpu) / of(REFERENCE, cpu)).toFixed(2),
    p99: of(candidate, (one) => one.delayP99Millis).toFixed(1),
    max: of(candidate, (one) => one.delayMaxMillis).toFixed(1),
    gc: of(candidate, (one) => one.gcMillis).toFixed(0),
    'gc max': of(candidate, (one) => one.gcMaxMillis).toFixed(1),
    MB: of(candidate, (one) => one.peakMegabytes).toFixed(0),
    requests: of(candidate, (one) => one.requests),
    's emitting': of(candidate, (one) => one.emitMillis / 1000).toFixed(1),
  }));
  console.table(rows);
}
