import type { LoadMeasurement, LoadTask, Pace } from './path/load-task.ts';
import { pathGoals } from './path/path-goals.ts';
import { type PathLoad, pathLoads } from './path/path-loads.ts';
import { isLate, type PathResults } from './path/path-results.ts';
import { pathTable } from './path/path-table.ts';
import { isBehindProcessor, missingPackage } from './path/subjects.ts';
import type { Effort, Section } from './section.ts';
import { inChild } from './support/in-child.ts';
import { inTurns } from './support/in-turns.ts';

const SCRIPT: URL = new URL('path/load-process.ts', import.meta.url);

/** Until V8's young generation has its size, which takes it several seconds: on fresh memory everything costs more. */
const WARM_UP_SECONDS: Readonly<Record<Effort, number>> = { full: 10, quick: 3, tiny: 0.05 };
/** For those that would still be sending, long after a warm-up like that. */
const SLOW_WARM_UP: Pace = { rate: 5_000, seconds: 3 };

/** From the application's call to a service in another process, under steady loads. */
export async function measureWholePath(
  effort: Effort,
  loads: readonly PathLoad[] = pathLoads(effort),
): Promise<Section> {
  const all: PathResults[] = [];
  for (const load of loads) all.push(await measureLoad(load, effort));
  const absent = new Set(loads.flatMap(({ subjects }) => subjects).filter(missingPackage));
  return {
    id: 'whole-path',
    title: 'From the log call to the service',
    method:
      'Each candidate runs in a process of its own, its service in another one that answers after a fixed time; candidates take turns, and each round starts with another one. ' +
      'Records have a body of 120 characters, ten attributes, a resource of 15 attributes, and every second one a trace context. They are emitted at a steady pace, looked at every 4 ms; what is late is made good at once. ' +
      `Before it is measured each is warmed up for ${WARM_UP_SECONDS[effort]} s with the rate of the load, until V8’s young generation has its size (it grows in steps, and fresh memory costs this machine much); loggers, which would still be sending then, with ${SLOW_WARM_UP.rate.toLocaleString('en')} records/s for ${SLOW_WARM_UP.seconds} s. ` +
      'A fixed piece of work of 0.1 ms, done every 20 ms and taken off the CPU time but not the loop delay, tells when somebody else on the same physical core slows this one down, up to two times and for moments or minutes. “At full speed” is the CPU time of the stretches of 0.2 s without that, but for the first, in all rounds, divided by the records that were emitted in them. There is none for who does not keep up (95 % delivered when the last record is emitted, 99 % in the end). The ratio is of full speed where both candidates have two seconds of it, of the medians of all rounds otherwise. ' +
      "The processor is the SDK's batch processor with its defaults (512 records a batch, 2,048 in its queue), where “tuned” is not said (4,096, 65,536 and 100 ms). " +
      'The service counts the records by a text in each of them; what it does not have 10 s after the end is dropped. What “creating the records only” dropped, the processor did: the machine was too busy for its queue, whatever the exporter. “Ready bytes over HTTP” posts the same 1,142 bytes for every record, as many as HTTP NDJSON sends, and neither reads nor encodes any. CPU is that of the main thread (process.threadCpuUsage of Node) until the last record was there, divided by the records that were delivered; ' +
      'loop delay is what monitorEventLoopDelay of Node saw with a resolution of 1 ms; memory is the largest resident set.',
    tables: all.map(pathTable),
    goals: all.flatMap(pathGoals),
    missing: [...absent].map((name) => `${name}: ${missingPackage(name)} is not installed`),
    remarks: [...new Set(all.flatMap(refusals)), ...all.flatMap(lateness)],
  };
}

async function measureLoad(load: PathLoad, effort: Effort): Promise<PathResults> {
  const subjects = load.subjects.filter((subject) => missingPackage(subject) === undefined);
  const { rate, seconds, latencyMillis } = load;
  const measurements = await inTurns(subjects, load.rounds, (subject) => {
    const warmUp: Pace =
      effort === 'tiny' || isBehindProcessor(subject)
        ? { rate, seconds: WARM_UP_SECONDS[effort] }
        : SLOW_WARM_UP;
    const task: LoadTask = { subject, rate, seconds, latencyMillis, warmUp };
    return inChild<LoadMeasurement>(SCRIPT, task);
  });
  return { load, measurements };
}

/** Calls that the real service would not have taken. */
function refusals({ measurements }: PathResults): readonly string[] {
  return [...measurements].flatMap(([subject, all]) => {
    const reasons = [...new Set(all.flatMap(({ refused }) => refused))];
    return reasons.map((reason) => `${subject}: calls were refused: ${reason}.`);
  });
}

/** Who could not even emit the load in its time, as the main thread was too busy. */
function lateness({ load, measurements }: PathResults): readonly string[] {
  const late = [...measurements].flatMap(([subject, all]) => {
    if (!all.some((one) => isLate(load, one))) return [];
    const longest = Math.max(...all.map(({ emitSeconds }) => emitSeconds));
    return [`${subject} (up to ${longest.toFixed(1)} s)`];
  });
  if (late.length === 0) return [];
  const rate = load.rate.toLocaleString('en');
  return [
    `With ${rate} records/s and ${load.latencyMillis} ms the main thread was too busy to emit in ${load.seconds} s: ${late.join(', ')}.`,
  ];
}
