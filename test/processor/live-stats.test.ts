import { HttpLogRecordExporter } from 'collectorless/http';
import { startLocalServices } from 'collectorless/testing';
import { expect, it } from 'vitest';
import { createBatchProcessor } from '../../src/processor/create-batch-processor.ts';
import { liveStats } from '../../src/processor/live-stats.ts';
import { HeldExporter } from './support/held-exporter.ts';
import { emitterTo } from './support/logging.ts';

it('tells the account of each processor and of its exporter, by the name of the destination', async () => {
  await using services = await startLocalServices();
  const processor = createBatchProcessor(new HttpLogRecordExporter({ url: services.http.url }));
  const emit = emitterTo(processor);
  emit(3);
  await processor.forceFlush();
  emit(2);
  expect(liveStats()).toMatchObject([
    {
      destination: 'http',
      processor: { emitted: 5, exported: 3, queued: 2 },
      exporter: { exported: 3, delivered: 3, inFlight: 0 },
    },
  ]);
  await processor.shutdown();
  expect(liveStats()).toEqual([]);
});

it('tells of the exporters of others what their processor knows', async () => {
  const processor = createBatchProcessor(new HeldExporter());
  emitterTo(processor)(1);
  expect(liveStats()).toMatchObject([
    { destination: undefined, processor: { emitted: 1 }, exporter: undefined },
  ]);
  await processor.shutdown();
});
