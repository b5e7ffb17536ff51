import { diag } from '@opentelemetry/api';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startLocalServices } from '../../../src/testing/index.ts';
import { exportRecords } from '../../support/export-records.ts';
import { createExporter, logRecords, quick } from './support/zeromq-run.ts';

it('shutdown waits for what ZeroMQ holds while a receiver takes it', async () => {
  await using services = await startLocalServices({ zeromq: { receiveHighWaterMark: 1 } });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    lingerMillis: 5000,
  });
  await exportRecords(
    exporter,
    logRecords(300, () => 'x'.repeat(50_000)),
  );
  await exporter.shutdown();
  expect(exporter.stats()).toMatchObject({ delivered: 300, dropped: {} });
  await expect.poll(() => services.zeromq.messages.length).toBe(300);
});

it('shutdown gives up what no receiver takes within lingerMillis', async () => {
  await using services = await startLocalServices({ zeromq: { receiveHighWaterMark: 1 } });
  const exporter = createExporter({
    ...quick,
    endpoint: services.zeromq.endpoint,
    lingerMillis: 100,
  });
  services.zeromq.pause();
  await exportRecords(
    exporter,
    logRecords(300, () => 'x'.repeat(50_000)),
  );
  await exporter.forceFlush();
  const start = performance.now();
  await exporter.shutdown();
  expect(performance.now() - start).toBeLessThan(3000);
  services.zeromq.resume();
});

it('shutdown with no linger time says nothing of messages that were not taken', async () => {
  const told = vi.spyOn(diag, 'warn').mockImplementation(() => {});
  onTestFinished(() => told.mockRestore());
  await using services = await startLocalServices({ zeromq: true });
  const { endpoint } = services.zeromq;
  const exporter = createExporter({ ...quick, endpoint, lingerMillis: 0 });
  await exportRecords(exporter, logRecords(1));
  await expect.poll(() => services.zeromq.messages.length).toBe(1);
  await exporter.shutdown();
  expect(told).not.toHaveBeenCalled();
});
