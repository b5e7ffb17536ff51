import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { SendOutcome } from '../../../src/index.ts';
import { createLogRecord } from '../../../src/testing/index.ts';
import { exportRecords } from '../../support/export-records.ts';
import { openSpoolBench, SwitchableService } from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const bodies = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, index) => `${index}-${'x'.repeat(length)}`);

it('one call that is larger than the memory goes to disk completely', async () => {
  const service = new SwitchableService();
  const bench = openSpoolBench({
    service,
    directory: tempFolder(),
    maxBufferedBytes: 200_000,
  });
  const result = await bench.export(bodies(1000, 1000));
  expect(result.code).toBe(0);
  await bench.exporter.forceFlush();
  expect(bench.exporter.stats()).toMatchObject({ delivered: 1000, dropped: {}, bufferedBytes: 0 });
});

it.for([1, 3_600_000])(
  'a record larger than the memory bound reaches the disk during an outage, and those behind it, with retries after %i ms',
  async (backoffMillis) => {
    const service = new SwitchableService();
    service.isDown = true;
    const { exporter, ...bench } = openSpoolBench({
      service,
      directory: tempFolder(),
      maxBufferedBytes: 65_536,
      shutdownTimeoutMillis: 300,
      retry: { initialBackoffMillis: backoffMillis, maxBackoffMillis: backoffMillis },
    });
    await bench.export(bodies(20, 200));
    await expect.poll(() => exporter.stats().spooled).toBe(20);
    const result = await bench.export(['y'.repeat(300_000), 'z']);
    expect(result.code).toBe(0);
    expect(exporter.stats()).toMatchObject({ exported: 22, spooled: 22, dropped: {} });
    service.isDown = false;
    if (backoffMillis === 1) await expect.poll(() => exporter.stats().delivered).toBe(22);
  },
);

it('a record larger than the memory bound reaches the disk although several targets fail, each with records in memory', async () => {
  const service = new SwitchableService();
  service.isDown = true;
  const { exporter } = openSpoolBench({
    service,
    directory: tempFolder(),
    maxBufferedBytes: 65_536,
    shutdownTimeoutMillis: 300,
    destination: {
      name: 'bench',
      targetNames: { stream: '{attributes.stream}' },
      send: service.send,
    },
  });
  const exportTo = (body: string): Promise<unknown> => {
    const records = ['a', 'b', 'c'].map((stream) =>
      createLogRecord({ body, attributes: { stream } }),
    );
    return exportRecords(exporter, records);
  };
  await exportTo('x');
  await expect.poll(() => service.requests).toBeGreaterThan(10);
  await exportTo('y'.repeat(100_000));
  expect(exporter.stats()).toMatchObject({ exported: 6, spooled: 6, dropped: {} });
});

it('a record larger than the memory bound waits for what is in memory, not for all that is on disk', async () => {
  const service = new SwitchableService();
  service.isDown = true;
  const { exporter, ...bench } = openSpoolBench({
    service,
    directory: tempFolder(),
    maxBufferedBytes: 65_536,
    concurrencyLimit: 4,
    destination: {
      name: 'bench',
      limits: { maxEntries: 1, maxEntryBytes: 1_000_000, maxRequestBytes: 1_000_000 },
      send: async (request, context) => {
        await sleep(5);
        return service.send(request, context);
      },
    },
  });
  for (const body of bodies(300, 2000)) await bench.export([body]);
  service.isDown = false;
  await expect.poll(() => exporter.stats().delivered).toBeGreaterThan(10);
  await bench.export(['y'.repeat(300_000)]);
  expect(exporter.stats().delivered).toBeLessThan(200);
  await expect.poll(() => exporter.stats().delivered, { timeout: 10_000 }).toBe(301);
});

it('a record larger than the memory bound reaches the disk when its target begins to fail while it waits', async () => {
  const service = new SwitchableService();
  const failing = Promise.withResolvers<SendOutcome>();
  let requests = 0;
  const { exporter, ...bench } = openSpoolBench({
    service,
    directory: tempFolder(),
    maxBufferedBytes: 65_536,
    shutdownTimeoutMillis: 300,
    destination: {
      name: 'bench',
      limits: { maxEntries: 1, maxEntryBytes: 1_000_000, maxRequestBytes: 1_000_000 },
      send: () => {
        requests += 1;
        return failing.promise;
      },
    },
  });
  await bench.export(bodies(3, 200));
  await expect.poll(() => requests).toBe(3);
  const large = bench.export(['y'.repeat(300_000)]);
  await sleep(50);
  expect(exporter.stats()).toMatchObject({ exported: 4, spooled: 3 });
  failing.resolve({ status: 'retryable', error: new Error('The service is down') });
  expect(await large).toMatchObject({ code: 0 });
  expect(exporter.stats()).toMatchObject({ spooled: 4, dropped: {} });
});

it('what a target holds in memory that fails makes room for what is on disk for another', async () => {
  const service = new SwitchableService();
  let refused = 0;
  const { exporter } = openSpoolBench({
    service,
    directory: tempFolder(),
    maxBufferedBytes: 65_536,
    shutdownTimeoutMillis: 300,
    destination: {
      name: 'bench',
      targetNames: { stream: '{attributes.stream}' },
      limits: { maxEntries: 1, maxEntryBytes: 50_000, maxRequestBytes: 50_000 },
      send: async (request, context) => {
        if (request.target.names['stream'] === 'living') return service.send(request, context);
        refused += 1;
        return { status: 'retryable', error: new Error('The service is down') };
      },
    },
  });
  const exportTo = (stream: string, texts: readonly string[]): Promise<unknown> => {
    const records = texts.map((body) => createLogRecord({ body, attributes: { stream } }));
    return exportRecords(exporter, records);
  };
  await exportTo('dead', bodies(1, 40_000));
  await expect.poll(() => refused).toBeGreaterThan(10);
  await exportTo('living', ['z']);
  await expect.poll(() => service.stored).toEqual(['z']);
  expect(exporter.stats()).toMatchObject({ delivered: 1, spooled: 1, dropped: {} });
});
