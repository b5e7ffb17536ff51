import { expect, it } from 'vitest';
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
