import { expect, it } from 'vitest';
import { createLogRecord } from '../../../src/testing/index.ts';
import { createFolder, openSpoolBench, SwitchableService } from '../../support/spool-bench.ts';

const bodies = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, index) => `${index}-${'x'.repeat(length)}`);

it('one call that is larger than the memory goes to disk completely', async () => {
  const service = new SwitchableService();
  const bench = openSpoolBench({
    service,
    directory: createFolder(),
    maxBufferedBytes: 200_000,
  });
  const result = await bench.export(bodies(1000, 1000));
  expect(result.code).toBe(0);
  await bench.exporter.forceFlush();
  expect(bench.exporter.stats()).toMatchObject({ delivered: 1000, dropped: {}, bufferedBytes: 0 });
});

it.for([1, 60_000])(
  'a record larger than the memory bound reaches the disk during an outage, and those behind it, with retries after %i ms',
  async (backoffMillis) => {
    const service = new SwitchableService();
    service.isDown = true;
    const { exporter, ...bench } = openSpoolBench({
      service,
      directory: createFolder(),
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
    directory: createFolder(),
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
    return new Promise((resolve) => exporter.export(records, resolve));
  };
  await exportTo('x');
  await expect.poll(() => service.requests).toBeGreaterThan(10);
  await exportTo('y'.repeat(100_000));
  expect(exporter.stats()).toMatchObject({ exported: 6, spooled: 6, dropped: {} });
});
