// What `firefighter`, the Python handler for Amazon Data Firehose, did about failures: rows FF-13 to FF-16 of docs/requirements.md.

import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { Drop } from 'collectorless';
import { createLogRecord } from 'collectorless/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { exportRecords } from '../support/export-records.ts';
import { toldLines } from '../support/told-lines.ts';
import {
  bodiesOf,
  delivered,
  numbered,
  recordsOf,
  startServices,
} from './support/requirement-run.ts';
import { exporterTo, sizesOf } from './support/to-firehose.ts';

it('FF-13 retries wait longer and longer, at random below a ceiling', async () => {
  const services = await startServices({ faults: [{ kind: 'throttle', times: 3 }] });
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.5);
  onTestFinished(() => random.mockRestore());
  const retry = { initialBackoffMillis: 80, maxBackoffMillis: 60_000 };
  await delivered(exporterTo(services, { retry }), recordsOf('late'));
  const times = services.requests.map(({ receivedAtMillis }) => receivedAtMillis);
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  for (const [index, ceiling] of [80, 160, 320].entries()) {
    // The clocks of the timer and of the service round differently.
    expect(waits[index]).toBeGreaterThanOrEqual(ceiling / 2 - 3);
  }
  // Chance says no wait: a ceiling of a minute is not waited for.
  random.mockReturnValue(0);
  services.setFaults([{ kind: 'internal-error', times: 3 }]);
  const rare = { initialBackoffMillis: 60_000, maxBackoffMillis: 60_000 };
  await delivered(exporterTo(services, { retry: rare, timeoutMillis: 600_000 }), recordsOf('soon'));
  expect(bodiesOf(services.firehose.decoded)).toEqual(['late', 'soon']);
});

it('FF-13 only errors that can pass are tried again', async () => {
  const services = await startServices();
  services.setFaults([{ kind: 'error', name: 'AccessDeniedException' }]);
  const exporter = exporterTo(services);
  await delivered(exporter, recordsOf('refused'));
  expect(services.requests).toHaveLength(1);
  expect(exporter.stats()).toMatchObject({ retried: 0, dropped: { rejected: 1 } });
});

it('FF-14 of a request that failed in part only the failed records are sent again', async () => {
  const services = await startServices();
  services.setFaults([{ kind: 'partial-failure', entries: [1, 3], times: 1 }]);
  const exporter = exporterTo(services);
  await delivered(exporter, numbered(5));
  expect(sizesOf(services)).toEqual([5, 2]);
  expect(bodiesOf(services.firehose.decoded)).toEqual(['0', '2', '4', '1', '3']);
  expect(exporter.stats()).toMatchObject({ delivered: 5, retried: 2, dropped: {} });
});

it('FF-15 a loss is told by an error class of its own, onDrop, diag and a metric', async () => {
  const services = await startServices({ firehose: { deliveryStreams: [] } });
  const lines = toldLines();
  const drops: Drop[] = [];
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter: metrics,
    exportIntervalMillis: 3_600_000,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  onTestFinished(() => meterProvider.shutdown());
  const exporter = exporterTo(services, {
    acknowledge: 'delivered',
    onDrop: (drop) => drops.push(drop),
    selfObsMeterProvider: meterProvider,
  });
  const { error } = await delivered(exporter, numbered(2));
  expect(error).toMatchObject({
    name: 'LogExportError',
    code: 'rejected',
    counts: { rejected: 2 },
  });
  expect(drops).toMatchObject([
    { reason: 'rejected', count: 2, target: 'logs', error: { code: 'ResourceNotFoundException' } },
  ]);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/firehose.*ResourceNotFoundException/u);
  await meterProvider.forceFlush();
  const points = metrics
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    .filter(({ descriptor }) => descriptor.name === 'otel.sdk.exporter.log.exported')
    .map(({ dataPoints }) => dataPoints.map(({ attributes, value }) => ({ attributes, value })));
  expect(points).toMatchObject([[{ value: 2, attributes: { 'error.type': 'rejected' } }]]);
});

it('FF-16 memory is bounded in bytes while the service hangs, and what is too much is counted', async () => {
  const services = await startServices({ faults: [{ kind: 'hang' }] });
  const exporter = exporterTo(services, { maxBufferedBytes: 1_000_000, shutdownTimeoutMillis: 50 });
  const body = 'x'.repeat(1_000);
  const records = Array.from({ length: 2_000 }, () => createLogRecord({ body }));
  exporter.export(records, () => {});
  await expect.poll(() => exporter.stats().bufferedBytes).toBeGreaterThanOrEqual(1_000_000);
  expect(await exportRecords(exporter, numbered(7))).toMatchObject({
    error: { code: 'buffer_full' },
  });
  expect(exporter.stats().bufferedBytes).toBeLessThan(1_100_000);
  expect(exporter.stats().dropped).toEqual({ buffer_full: 7 });
});
