import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import {
  createLogRecord,
  type FaultKind,
  type LocalServices,
  startLocalServices,
} from 'collectorless/testing';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { expectSettled } from '../support/accounts.ts';
import { exportAll } from './export-all.ts';

let services: LocalServices;

afterEach(() => services.close());

const RECORDS = 20_000;

function* forTwoTenants(): Generator<ReturnType<typeof createLogRecord>> {
  for (let index = 0; index < RECORDS; index += 1) {
    const tenant = index % 2 === 0 ? 'living' : 'dead';
    yield createLogRecord({ body: 'x'.repeat(200), attributes: { tenant } });
  }
}

const FAILURES = [
  'hang',
  'service-unavailable',
  'throttle',
  'reset-before-accept',
] as const satisfies FaultKind[];

describe.each(FAILURES)('of two targets one fails (%s)', (kind) => {
  const faults = [{ kind, match: ({ target }: { target: string }) => target.includes('dead') }];

  test('and the other log group has everything meanwhile', async () => {
    services = await startLocalServices({ faults, latencyMillis: 10 });
    const exporter = new CloudWatchLogRecordExporter({
      logGroupName: '/otel/{attributes.tenant}',
      shutdownTimeoutMillis: 100,
      maxBufferedBytes: 4 * 1024 * 1024,
      clientConfig: services.clientConfig,
    });
    await exportAll(exporter, forTwoTenants());
    await vi.waitFor(() => expect(exporter.stats().delivered).toBe(RECORDS / 2), 10_000);
    expect(
      services.cloudWatchLogs.events.every((event) => event.logGroupName === '/otel/living'),
    ).toBe(true);
    await exporter.shutdown();
    expectSettled(exporter.stats());
    expect(services.violations).toEqual([]);
  });

  test('and the other delivery stream has everything meanwhile', async () => {
    services = await startLocalServices({ faults, latencyMillis: 10 });
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs-{attributes.tenant}',
      shutdownTimeoutMillis: 100,
      maxBufferedBytes: 4 * 1024 * 1024,
      clientConfig: services.clientConfig,
    });
    await exportAll(exporter, forTwoTenants());
    await vi.waitFor(() => expect(exporter.stats().delivered).toBe(RECORDS / 2), 10_000);
    await exporter.shutdown();
    expect(exporter.stats().inFlight).toBe(0);
  });
});
