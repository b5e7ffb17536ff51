import { expect, it } from 'vitest';
import { createFolder, openSpoolBench, SwitchableService } from '../../support/spool-bench.ts';

it('on disk the last part of a split record stands for it', async () => {
  const service = new SwitchableService();
  const bench = openSpoolBench({
    service,
    directory: createFolder(),
    encoding: 'json',
    oversize: 'split',
    concurrencyLimit: 1,
    destination: {
      name: 'bench',
      limits: { maxEntries: 1, maxEntryBytes: 1000, maxRequestBytes: 1000 },
      send: (request, context) =>
        service.requests++ === 0
          ? Promise.resolve({ status: 'rejected', reason: 'rejected', error: new Error('no') })
          : service.send(request, context),
    },
  });
  await bench.export(['x'.repeat(2000)]);
  await bench.exporter.forceFlush();
  expect(service.stored.length).toBeGreaterThan(0);
  expect(bench.exporter.stats()).toMatchObject({ exported: 1, delivered: 1, dropped: {} });
});
