// npm run fuzz -- [--minutes n] [--seed s] [--only encode|pack|…] looks for counterexamples as long as it is told.
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { FUZZ_TOPICS } from '../test/fuzz/topics.ts';
import type { FuzzPlan, FuzzReport } from './fuzz-worker.ts';

/** One law may look so long; what takes much longer hangs. */
const MAX_SILENCE_MILLIS = 180_000;
const MAX_HEAP_MEBIBYTES = 1_024;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string', multiple: true, default: Object.keys(FUZZ_TOPICS) },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const unknown = values.only.filter((topic) => !Object.hasOwn(FUZZ_TOPICS, topic));
if (!(minutes > 0) || !Number.isSafeInteger(seed) || unknown.length > 0) {
  const topics = Object.keys(FUZZ_TOPICS).join(', ');
  console.error(`Expected --minutes above 0, a whole --seed and --only as one of: ${topics}`);
  process.exit(2);
}

console.log(`Fuzzing ${values.only.join(', ')} for ${minutes} min, --seed ${seed}`);
const plan: FuzzPlan = { topics: values.only, seed, untilMillis: Date.now() + minutes * 60_000 };
const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
  workerData: plan,
  resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEBIBYTES },
});

let current = 'nothing yet';
let runs = 0;
let failures = 0;
let silence: NodeJS.Timeout | undefined;

worker.on('message', (report: FuzzReport) => {
  clearTimeout(silence);
  silence = setTimeout(() => stop('It hangs'), MAX_SILENCE_MILLIS);
  switch (report.kind) {
    case 'round':
      console.log(`Round ${report.round + 1}, up to ${runs} runs so far, ${failures} failures`);
      break;
    case 'begun':
      current = `${report.law} (seed ${report.seed}, ${report.runs} runs)`;
      runs += report.runs;
      break;
    case 'failed':
      failures += 1;
      console.error(`FAILED: ${report.law}\n${report.message}\n`);
      break;
  }
});
worker.on('error', (error) => stop(String(error)));
worker.on('exit', () => {
  clearTimeout(silence);
  console.log(`Done: up to ${runs} runs, ${failures} failures`);
  process.exitCode = failures > 0 ? 1 : 0;
});

function stop(message: string): never {
  console.error(`FAILED: ${current}: ${message}`);
  process.exit(1);
}
