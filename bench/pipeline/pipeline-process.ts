import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { answerParent, taskOfChild } from '../support/in-child.ts';
import { mainThreadCpuMicros } from '../support/main-thread-cpu.ts';
import { emitRecord, emitSteadily, loadResource } from './emit-load.ts';
import { PIPELINE_CANDIDATES } from './pipeline-candidates.ts';

/** What a candidate is offered. */
export interface PipelineTask {
  readonly candidate: string;
  /** Records a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly latencyMillis: number;
}

/** What one process measured, its warm-up left out. */
export interface PipelineMeasurement {
  readonly emitted: number;
  readonly delivered: number;
  /** Of the main thread, the last flush included. */
  readonly cpuMicros: number;
  /** How long it took to emit; longer than offered when the main thread could not keep up. */
  readonly emitMillis: number;
  readonly delayP99Millis: number;
  readonly delayMaxMillis: number;
  readonly gcMillis: number;
  readonly gcMaxMillis: number;
  readonly peakMegabytes: number;
  readonly requests: number;
}

const WARM_UP_RECORDS = 20_000;

answerParent(await measure(taskOfChild()));

/** One candidate in this process, its server in another one. */
async function measure(task: PipelineTask): Promise<PipelineMeasurement> {
  const candidate = PIPELINE_CANDIDATES[task.candidate];
  if (candidate === undefined) throw new Error(`There is no candidate ${task.candidate}`);
  const server = fork(new URL('counting-server.ts', import.meta.url), [`${task.latencyMillis}`], {
    execArgv: [],
  });
  const [{ port }] = await once(server, 'message');
  const counted = async (): Promise<{ readonly records: number; readonly requests: number }> => {
    server.send('count');
    const [counts] = await once(server, 'message');
    return counts;
  };
  const exporter = await candidate.create(`http://127.0.0.1:${port}`);
  const provider = new LoggerProvider({
    resource: loadResource(),
    processors: [new BatchLogRecordProcessor({ ...candidate.processor, exporter })],
  });
  const logger = provider.getLogger('bench');
  const emit = (number: number): void => emitRecord(logger, number);
  // Warm: libraries are loaded and code is compiled before anything is measured.
  await emitSteadily(emit, { rate: 10_000, seconds: WARM_UP_RECORDS / 10_000 });
  await provider.forceFlush();
  const before = await counted();
  const deliveredBefore = exporter.stats?.().delivered ?? 0;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let gcMillis = 0;
  let gcMaxMillis = 0;
  const collections = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      gcMillis += duration;
      gcMaxMillis = Math.max(gcMaxMillis, duration);
    }
  });
  collections.observe({ entryTypes: ['gc'] });
  delay.enable();
  const cpuBefore = mainThreadCpuMicros();
  const start = performance.now();
  const emitted = await emitSteadily(emit, task);
  const emitMillis = performance.now() - start;
  delay.disable();
  await provider.forceFlush();
  const cpuMicros = mainThreadCpuMicros() - cpuBefore;
  collections.disconnect();
  const after = await counted();
  const delivered =
    task.candidate === 'create-only'
      ? emitted
      : exporter.stats === undefined
        ? after.records - before.records
        : exporter.stats().delivered - deliveredBefore;
  const result: PipelineMeasurement = {
    emitted,
    delivered,
    cpuMicros,
    emitMillis,
    delayP99Millis: delay.percentile(99) / 1e6,
    delayMaxMillis: delay.max / 1e6,
    gcMillis,
    gcMaxMillis,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    requests: after.requests - before.requests,
  };
  await provider.shutdown();
  server.disconnect();
  return result;
}
