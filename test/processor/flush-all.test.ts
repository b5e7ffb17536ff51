import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { diag } from '@opentelemetry/api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBatchProcessor } from '../../src/processor/create-batch-processor.ts';
import { flushAll } from '../../src/processor/flush-all.ts';
import { liveProcessors } from '../../src/processor/live-processors.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';
import { toldLines } from '../support/told-lines.ts';
import { HeldExporter } from './support/held-exporter.ts';
import { emitterTo } from './support/logging.ts';

describe('flushAll', () => {
  it('flushes every processor that lives, and its exporter (BA-14)', async () => {
    const exporters = [new HeldExporter(), new HeldExporter()];
    const processors = exporters.map((exporter) => createBatchProcessor(exporter));
    for (const processor of processors) emitterTo(processor)(3);
    expect(await flushAll()).toBe(true);
    expect(exporters.map(({ received }) => received.length)).toEqual([3, 3]);
    expect(exporters.map(({ flushes }) => flushes > 0)).toEqual([true, true]);
    await Promise.all(processors.map((processor) => processor.shutdown()));
  });

  it('keeps the process while it waits, and no longer; answers false when its time is over', async () => {
    const runtime = new FakeRuntime();
    const exporter = new HeldExporter();
    exporter.isHolding = true;
    const processor = createBatchProcessor(exporter);
    emitterTo(processor)(1);
    const flushed = flushAll({ timeoutMillis: 100 }, runtime);
    expect(runtime.pendingTimers).toEqual([100]);
    expect(runtime.holds).toBe(1);
    expect(await runtime.advanceUntil(flushed)).toBe(false);
    expect(runtime.holds).toBe(0);
    exporter.release();
    await processor.shutdown();
  });

  it.each([0, -1, Number.NaN, 2 ** 31])('refuses a wait of %d ms', (timeoutMillis) => {
    expect(() => flushAll({ timeoutMillis })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTION' }),
    );
  });

  it('tells of an option that it does not have', async () => {
    const lines = toldLines();
    onTestFinished(() => diag.disable());
    const options: object = { timeout: 5 };
    expect(await flushAll(options)).toBe(true);
    expect(lines).toEqual([
      '[collectorless] flushAll: `timeout` is ignored: there is no such option, did you mean `timeoutMillis`?',
    ]);
  });
});

describe('the list of live processors', () => {
  it('forgets one that is shut down', async () => {
    const processor = createBatchProcessor(new HeldExporter());
    expect(liveProcessors()).toContain(processor);
    await processor.shutdown();
    expect(liveProcessors()).not.toContain(processor);
  });

  it('keeps none in memory that nobody uses', async () => {
    setFlagsFromString('--expose_gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const before = liveProcessors().length;
    for (let count = 0; count < 10; count += 1) createBatchProcessor(new HeldExporter());
    await expect
      .poll(() => {
        collectGarbage();
        return liveProcessors().length;
      })
      .toBe(before);
  });

  it('is one for all copies of the package in the process', async () => {
    const processor = createBatchProcessor(new HeldExporter());
    const known: unknown = Reflect.get(globalThis, Symbol.for('collectorless.live'));
    const list = known instanceof Set ? [...known].map((reference) => reference.deref()) : [];
    expect(list).toContain(processor);
    await processor.shutdown();
  });
});
