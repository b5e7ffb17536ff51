import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, it, onTestFinished } from 'vitest';
import { openSpoolBench, SwitchableService } from '../../support/spool-bench.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const bodies = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}-${'x'.repeat(500)}`);

/** Sums by metric and error type, `''` for none. */
class Meters {
  readonly #exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  readonly provider = new MeterProvider({
    readers: [
      new PeriodicExportingMetricReader({
        exporter: this.#exporter,
        exportIntervalMillis: 3_600_000,
      }),
    ],
  });

  constructor() {
    onTestFinished(() => this.provider.shutdown());
  }

  async sums(name: string): Promise<Record<string, number>> {
    this.#exporter.reset();
    await this.provider.forceFlush();
    const points = this.#exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
      .filter(({ descriptor }) => descriptor.name === `otel.sdk.exporter.${name}`)
      .flatMap(({ dataPoints }) =>
        dataPoints.map(({ attributes, value }): [string, number] => [
          String(attributes['error.type'] ?? ''),
          typeof value === 'number' ? value : value.count,
        ]),
      );
    return Object.fromEntries(points);
  }
}

it('records on disk are in flight for the metrics, and each is counted once in its end', async () => {
  const meters = new Meters();
  const directory = tempFolder();
  const service = new SwitchableService();
  service.isDown = true;
  const bench = openSpoolBench({
    service,
    directory,
    spool: { directory, maxBytes: 60_000 },
    selfObsMeterProvider: meters.provider,
  });
  for (let round = 0; round < 20; round += 1) await bench.export(bodies(10, String(round)));
  await expect.poll(() => bench.exporter.stats().dropped['spool_full'] ?? 0).toBeGreaterThan(0);
  const during = bench.exporter.stats();
  expect(await meters.sums('log.inflight')).toEqual({ '': during.spooled + during.inFlight });
  service.isDown = false;
  await expect.poll(() => bench.exporter.stats().spooled).toBe(0);
  await bench.exporter.forceFlush();
  const { delivered, dropped } = bench.exporter.stats();
  expect(delivered + (dropped['spool_full'] ?? 0)).toBe(200);
  expect(await meters.sums('log.inflight')).toEqual({ '': 0 });
  expect(await meters.sums('log.exported')).toEqual({ '': delivered, ...dropped });
});

it('records that another process left are in flight where they are taken over', async () => {
  const directory = tempFolder();
  const service = new SwitchableService();
  service.isDown = true;
  const first = openSpoolBench({ service, directory });
  await first.export(bodies(50, 'a'));
  await first.exporter.shutdown();
  const meters = new Meters();
  const second = openSpoolBench({ service, directory, selfObsMeterProvider: meters.provider });
  await expect.poll(() => second.exporter.stats().adopted).toBe(50);
  expect(await meters.sums('log.inflight')).toEqual({ '': 50 });
  service.isDown = false;
  await expect.poll(() => second.exporter.stats().delivered).toBe(50);
  expect(await meters.sums('log.inflight')).toEqual({ '': 0 });
  expect(await meters.sums('log.exported')).toEqual({ '': 50 });
});

it('records too old for the disk are counted as spool_expired', async () => {
  const meters = new Meters();
  const directory = tempFolder();
  const service = new SwitchableService();
  service.isDown = true;
  const bench = openSpoolBench({
    service,
    directory,
    spool: { directory, maxAgeMillis: 200 },
    selfObsMeterProvider: meters.provider,
  });
  await bench.export(bodies(5, 'a'));
  await expect.poll(() => bench.exporter.stats().dropped).toEqual({ spool_expired: 5 });
  expect(await meters.sums('log.exported')).toEqual({ spool_expired: 5 });
  expect(await meters.sums('log.inflight')).toEqual({ '': 0 });
});
