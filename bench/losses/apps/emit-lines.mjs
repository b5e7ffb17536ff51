import { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const { lines, linesPerSecond, largeLineBytes, exits } = JSON.parse(process.env.LOSS_TASK);
const STEP_MILLIS = 20;
/** A pipe that tells the benchmark that the first line is logged. */
const STARTED_FD = 3;

/**
 * Logs numbered lines in a steady flow, then ends as the task says: with the library's own way to flush, or
 * with `process.exit()`.
 */
export async function emitLines(log, flush) {
  const start = performance.now();
  writeSync(STARTED_FD, 'started');
  for (let line = 0; line < lines; ) {
    const due = ((performance.now() - start) * linesPerSecond) / 1000;
    for (; line < Math.min(lines, due); line += 1) log(textOf(line));
    await setTimeout(STEP_MILLIS);
  }
  if (exits) process.exit(0);
  await flush();
}

function textOf(line) {
  const isLarge = largeLineBytes !== undefined && line === lines >> 1;
  return `<line ${line}> user 4711 bought 3 items in the shop nearest to them${'.'.repeat(isLarge ? largeLineBytes : 20)}`;
}
