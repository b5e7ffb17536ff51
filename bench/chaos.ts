/**
 * All exporters with a spool, in processes that are killed, stopped, short of disk and out of time, at
 * services that fail in every way they know, in an order that the seed decides:
 *
 *     node bench/chaos.ts [--minutes 5] [--seed 1] [--rate 200] [--verbose]
 *
 * Ends with 1 if any acknowledged record is unaccounted for, or stored twice without a reason.
 */

import { parseArgs } from 'node:util';
import { formatChaosResult, isSound } from './chaos/format-chaos-result.ts';
import { runChaos } from './chaos/run-chaos.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: '200' },
    verbose: { type: 'boolean', default: false },
  },
});

const seed = Number(values.seed);
const startMillis = Date.now();
process.stdout.write(`Chaos for ${values.minutes} minutes, seed ${seed}\n`);
const result = await runChaos({
  seed,
  durationMillis: Number(values.minutes) * 60_000,
  recordsPerSecond: Number(values.rate),
  onProgress: (text) => {
    const seconds = ((Date.now() - startMillis) / 1000).toFixed(1).padStart(6);
    if (values.verbose) process.stdout.write(`${seconds} s  ${text}\n`);
  },
});
process.stdout.write(formatChaosResult(result));
if (values.verbose) process.stdout.write(`${[...new Set(result.messages)].join('\n')}\n`);
process.exitCode = isSound(result) ? 0 : 1;
