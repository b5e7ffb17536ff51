import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BatchProcessor } from '../../src/processor/batch-processor.ts';
import { createBatchProcessor } from '../../src/processor/create-batch-processor.ts';
import { HeldExporter } from './support/held-exporter.ts';
import { emitterTo, nextTurn } from './support/logging.ts';

type Step =
  | { readonly do: 'emit'; readonly count: number }
  | { readonly do: 'turn' | 'flush' | 'hold' | 'answer' | 'release' | 'take' | 'shutdown' };

const emit = fc.record({
  do: fc.constant('emit' as const),
  count: fc.integer({ min: 1, max: 40 }),
});
const other = fc.record({
  do: fc.constantFrom('turn' as const, 'flush', 'hold', 'answer', 'release'),
});
const end = fc.record({ do: fc.constantFrom('take' as const, 'shutdown') });
const schedule = fc.record({
  steps: fc.array(fc.oneof({ weight: 3, arbitrary: emit }, { weight: 4, arbitrary: other }), {
    maxLength: 25,
  }),
  ends: fc.array(fc.oneof(emit, other, end), { maxLength: 6 }),
  maxQueueSize: fc.integer({ min: 1, max: 60 }),
  maxExportBatchSize: fc.integer({ min: 1, max: 20 }),
  scheduledDelayMillis: fc.constantFrom(0, 1, 10_000),
});

function expectTheSum(processor: BatchProcessor, exporter: HeldExporter): void {
  const { droppedQueueFull, droppedShutDown, emitted, exported, queued } = processor.stats();
  expect(exported + queued + droppedQueueFull + droppedShutDown).toBe(emitted);
  expect(exported).toBe(exporter.received.length);
}

it('every record is exported, queued or counted as dropped at any moment, and exported once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async ({ ends, steps, ...limits }) => {
      const { maxExportBatchSize, maxQueueSize } = limits;
      const exporter = new HeldExporter();
      const processor = createBatchProcessor(exporter, {
        ...limits,
        maxExportBatchSize: Math.min(maxExportBatchSize, maxQueueSize),
      });
      const log = emitterTo(processor);
      const taken: unknown[] = [];
      const flushes: Promise<void>[] = [];
      const run = async (step: Step): Promise<void> => {
        if (step.do === 'emit') log(step.count);
        else if (step.do === 'turn') await nextTurn();
        else if (step.do === 'flush') flushes.push(processor.forceFlush());
        else if (step.do === 'hold') exporter.isHolding = true;
        else if (step.do === 'answer') exporter.answer();
        else if (step.do === 'release') exporter.release();
        else if (step.do === 'take') taken.push(...processor.takeQueued().map(({ body }) => body));
        else flushes.push(processor.shutdown());
        expectTheSum(processor, exporter);
        expect(processor.stats().queued).toBeLessThanOrEqual(maxQueueSize);
      };
      for (const step of [...steps, ...ends]) await run(step);

      exporter.release();
      await processor.forceFlush();
      await Promise.all(flushes);
      expectTheSum(processor, exporter);
      expect(processor.stats().queued).toBe(0);
      const bodies = exporter.received.map(({ body }) => Number(body));
      expect(bodies).toEqual([...new Set(bodies)].sort((a, b) => a - b));
      expect(bodies.filter((body) => taken.includes(body))).toEqual([]);
      await processor.shutdown();
    }),
    { numRuns: 200 },
  );
});
