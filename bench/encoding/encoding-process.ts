/**
 * Encodes the records of one corpus with one candidate, its last argument as JSON. Told a number, it does
 * so that often and answers the median time of a record in µs.
 */
import { Bench } from 'tinybench';
import { taskOfChild } from '../support/in-child.ts';
import { type Patience, untilFullSpeed } from '../support/until-full-speed.ts';
import { makeRecords } from './corpora.ts';
import { ENCODING_CANDIDATES } from './encoding-candidates.ts';

export interface EncodingTask extends Patience {
  readonly candidate: string;
  readonly corpus: string;
}

const RECORDS = 512;

const task = taskOfChild<EncodingTask>();
const { candidate, corpus } = task;
const create = ENCODING_CANDIDATES.get(candidate);
if (create === undefined) throw new Error(`No candidate is named ${candidate}`);
const encode = create(makeRecords(corpus, RECORDS));

process.on('message', async (iterations: number) => {
  await untilFullSpeed(task);
  const bench = new Bench({ iterations, time: 0, warmup: false, throws: true });
  bench.add(candidate, () => void encode());
  bench.runSync();
  const result = bench.tasks[0]?.result;
  process.send?.(
    result?.state === 'completed' ? (result.latency.p50 * 1000) / RECORDS : Number.NaN,
  );
});
process.on('disconnect', () => process.exit());
