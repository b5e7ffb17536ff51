import type { MeterProvider as ApiMeterProvider } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { beforeEach, expect, it } from 'vitest';
import { openSpoolBench, SwitchableService } from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { breakDiag } from '../../support/told-lines.ts';

const fail = (): never => {
  throw new Error('broken');
};
const meter = new MeterProvider().getMeter('real');
const brokenMeter: ApiMeterProvider = {
  getMeter: () =>
    Object.assign(Object.create(meter), {
      createUpDownCounter: () => ({ add: fail }),
      createCounter: () => ({ add: fail }),
      createHistogram: () => ({ record: fail }),
    }),
};
const bodies = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}-${'x'.repeat(500)}`);

beforeEach(breakDiag);

it.each<[string, () => void]>([
  ['throws', fail],
  ['rejects', () => Promise.reject(new Error('broken'))],
])(
  'with a spool nothing is lost by a meter and a logger that throw and an onDrop that %s',
  async (_, onDrop) => {
    const directory = tempFolder();
    const service = new SwitchableService();
    service.isDown = true;
    const bench = openSpoolBench({
      service,
      directory,
      spool: { directory, maxBytes: 60_000 },
      onDrop,
      selfObsMeterProvider: brokenMeter,
    });
    for (let round = 0; round < 20; round += 1) await bench.export(bodies(10, String(round)));
    await expect.poll(() => bench.exporter.stats().dropped['spool_full'] ?? 0).toBeGreaterThan(0);
    service.isDown = false;
    await expect.poll(() => bench.exporter.stats().spooled).toBe(0);
    await bench.exporter.forceFlush();
    const { bufferedBytes, delivered, dropped, exported, inFlight } = bench.exporter.stats();
    expect({ bufferedBytes, exported, inFlight }).toEqual({
      bufferedBytes: 0,
      exported: 200,
      inFlight: 0,
    });
    expect(delivered + (dropped['spool_full'] ?? 0)).toBe(200);
    expect(Object.keys(dropped)).toEqual(['spool_full']);
  },
);

it('a disk that fails is no trouble of a logger that throws', async () => {
  const service = new SwitchableService();
  const bench = openSpoolBench({ service, directory: '/dev/null/spool' });
  await bench.export(['one', 'two']);
  await bench.exporter.forceFlush();
  expect(bench.exporter.stats()).toMatchObject({ delivered: 2, dropped: {}, inFlight: 0 });
});
