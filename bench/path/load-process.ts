/** One subject under load, in a process of its own, its service in another one. */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { type Service, type ServiceCounts, startService } from '../service/start-service.ts';
import { answerParent, taskOfChild } from '../support/in-child.ts';
import { mainThreadCpuMicros } from '../support/main-thread-cpu.ts';
import { SpeedWatch } from '../support/speed-watch.ts';
import { COUNTED_MARK, emitSteadily, WARM_UP_MARK } from './load.ts';
import type { LoadMeasurement, LoadTask } from './load-task.ts';
import { SUBJECTS } from './subjects.ts';

const END_MILLIS = 10_000;
const QUIET_MILLIS = 2_500;
const WARM_UP_QUIET_MILLIS = 250;

answerParent(await measure(taskOfChild()));

async function measure(task: LoadTask): Promise<LoadMeasurement> {
  const source = SUBJECTS.get(task.subject);
  if (source === undefined) throw new Error(`There is no subject ${task.subject}`);
  const { latencyMillis, weighs = false } = task;
  const service = await startService({ latencyMillis, mark: COUNTED_MARK, weighs });
  const subject = await source.create(service.url);
  // Libraries are loaded and code is compiled before anything is measured.
  await emitSteadily((number) => subject.emit(number, WARM_UP_MARK), task.warmUp);
  await subject.flush();
  const before = await quiet(service);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const speed = new SpeedWatch();
  delay.enable();
  const all = processCpuMicros();
  const main = mainThreadCpuMicros();
  const start = performance.now();
  await emitSteadily((number) => subject.emit(number, COUNTED_MARK), task);
  const emitSeconds = (performance.now() - start) / 1000;
  delay.disable();
  const { fullSpeed, ownMicros } = speed.stop();
  const total = Math.round(task.rate * task.seconds);
  const count = async (): Promise<number> =>
    subject.delivered?.() ?? (await service.counts()).records;
  const deliveredInTime = await count();
  await Promise.race([subject.end(), wait(END_MILLIS)]);
  const delivered = await settled(count, total);
  // Not before: some go on sending when they have said that they have ended.
  const mainMicros = mainThreadCpuMicros() - main - ownMicros;
  const processMicros = processCpuMicros() - all - ownMicros;
  const { requests, bytes, use, refused } = await service.counts();
  service.stop();
  return {
    emitted: total,
    emitSeconds,
    delivered,
    deliveredInTime,
    mainMicros,
    processMicros,
    fullSpeed,
    delayP99Millis: delay.percentile(99) / 1e6,
    delayMaxMillis: delay.max / 1e6,
    peakMegabytes: peakMegabytes(),
    requests: requests - before.requests,
    bytes: bytes - before.bytes,
    use,
    refused,
  };
}

/** Waits until the service hears no more: the warm-up of a subject that cannot flush. */
async function quiet(service: Service): Promise<ServiceCounts> {
  const deadline = performance.now() + END_MILLIS;
  let counts = await service.counts();
  for (;;) {
    await wait(WARM_UP_QUIET_MILLIS);
    const { requests } = counts;
    counts = await service.counts();
    if (counts.requests === requests || performance.now() > deadline) return counts;
  }
}

/** The count once all are there, or once nothing has come for a while. */
async function settled(count: () => Promise<number>, total: number): Promise<number> {
  let records = 0;
  let lastChange = performance.now();
  const deadline = lastChange + END_MILLIS;
  while (performance.now() < deadline) {
    const now = await count();
    if (now >= total) return now;
    if (now > records) lastChange = performance.now();
    records = now;
    if (performance.now() - lastChange > QUIET_MILLIS) break;
    await wait(50);
  }
  return records;
}

function processCpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}
