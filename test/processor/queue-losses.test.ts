import { diag } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { Drop } from 'collectorless';
import { afterEach, describe, expect, it } from 'vitest';
import { createBatchProcessor } from '../../src/processor/create-batch-processor.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';
import { toldLines } from '../support/told-lines.ts';
import { HeldExporter } from './support/held-exporter.ts';
import { emitterTo, nextTurn } from './support/logging.ts';

afterEach(() => diag.disable());

/** A processor whose queue of ten is full as soon as it holds ten: its exporter does not answer. */
async function setUp(options: Parameters<typeof createBatchProcessor>[1] = {}) {
  const runtime = new FakeRuntime();
  const exporter = new HeldExporter();
  exporter.isHolding = true;
  const limits = { maxQueueSize: 10, maxExportBatchSize: 5 };
  const processor = createBatchProcessor(exporter, { ...limits, ...options }, runtime);
  const log = emitterTo(processor);
  log(5);
  // These are with the exporter now, and its answer is awaited before the next.
  await nextTurn();
  return { exporter, log, processor, runtime };
}

describe('a full queue', () => {
  it('loses the newest, and says in one line how many and what to do', async () => {
    const lines = toldLines();
    const { exporter, log, processor, runtime } = await setUp();
    log(14);
    expect(processor.stats()).toMatchObject({ emitted: 19, queued: 10, droppedQueueFull: 4 });
    await runtime.settle();
    expect(lines).toEqual([
      '[collectorless] batch processor: dropped 4 log records (buffer_full) for batch-processor: ' +
        'Error: The queue of 10 log records is full: raise maxQueueSize or OTEL_BLRP_MAX_QUEUE_SIZE',
    ]);
    exporter.release();
    await processor.forceFlush();
    expect(exporter.received.map(({ body }) => body)).toEqual(
      Array.from({ length: 15 }, (_, i) => i),
    );
    await processor.shutdown();
  });

  it('is told of at most every 30 s, with what was left out meanwhile', async () => {
    const lines = toldLines();
    const { log, runtime } = await setUp();
    for (let turn = 0; turn < 31; turn += 1) {
      log(turn === 0 ? 11 : 1);
      await runtime.advance(1000);
    }
    expect(lines.map((line) => /dropped \d+/u.exec(line)?.[0])).toEqual([
      'dropped 1',
      'dropped 30',
    ]);
  });

  it('is told of at the end, with what was left out until then', async () => {
    const lines = toldLines();
    const { exporter, log, processor, runtime } = await setUp();
    for (let turn = 0; turn < 3; turn += 1) {
      log(turn === 0 ? 11 : 1);
      await runtime.advance(1000);
    }
    exporter.release();
    await runtime.advanceUntil(processor.shutdown());
    expect(lines.map((line) => /dropped .*\(\w+\)/u.exec(line)?.[0])).toEqual([
      'dropped 1 log record (buffer_full)',
      'dropped 2 more log records (buffer_full)',
    ]);
  });

  it('calls onDrop once for the losses of one turn', async () => {
    const drops: Drop[] = [];
    const { log, runtime } = await setUp({ onDrop: (drop) => drops.push(drop) });
    log(12);
    log(3);
    await runtime.settle();
    expect(drops).toEqual([
      {
        reason: 'buffer_full',
        count: 5,
        bytes: 0,
        firstTime: expect.any(Date),
        lastTime: expect.any(Date),
        target: 'batch-processor',
        error: expect.any(Error),
      },
    ]);
  });

  it('does not begin anew because onDrop logs, nor is harmed by what it throws', async () => {
    toldLines();
    let calls = 0;
    const { log, processor, runtime } = await setUp({
      onDrop: () => {
        calls += 1;
        log(1);
        throw new Error('onDrop');
      },
    });
    log(11);
    await runtime.settle();
    await runtime.settle();
    expect(calls).toBe(1);
    expect(processor.stats().droppedQueueFull).toBe(2);
    log(1);
    await runtime.settle();
    expect(calls).toBe(2);
  });
});

describe('otel.sdk.processor.log.processed (D-52)', () => {
  it('counts the losses with queue_full and already_shutdown, beside what the processor counts itself', async () => {
    const exported = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter: exported });
    const meterProvider = new MeterProvider({ readers: [reader] });
    const { exporter, log, processor, runtime } = await setUp({
      selfObsMeterProvider: meterProvider,
    });
    log(14);
    await runtime.settle();
    exporter.release();
    await processor.shutdown();
    log(2);
    await runtime.settle();
    await reader.forceFlush();
    const metrics = exported
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap((scope) => scope.metrics)
      .filter(({ descriptor }) => descriptor.name === 'otel.sdk.processor.log.processed');
    const points: unknown[] = [];
    for (const { dataPoints } of metrics) {
      for (const { attributes, value } of dataPoints)
        points.push([attributes['error.type'], value]);
    }
    expect(points).toEqual(
      expect.arrayContaining([
        [undefined, 15],
        ['queue_full', 4],
        ['already_shutdown', 2],
      ]),
    );
    expect(points.length).toBe(3);
    await meterProvider.shutdown();
  });

  it('harms nothing when the meter is broken', async () => {
    const lines = toldLines();
    const meters = new MeterProvider();
    const { log, processor, runtime } = await setUp({
      selfObsMeterProvider: {
        getMeter(name) {
          if (name === 'collectorless') throw new Error('meter');
          return meters.getMeter(name);
        },
      },
    });
    log(12);
    await runtime.settle();
    expect(processor.stats().droppedQueueFull).toBe(2);
    expect(lines.length).toBe(1);
  });
});
