import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { expect, it } from 'vitest';
import { ZeroMqLogRecordExporter } from '../../../src/destinations/zeromq/index.ts';
import { destinationContract, type LocalServices } from '../../../src/testing/index.ts';

/**
 * ZeroMQ acknowledges nothing: what the exporter handed over is on its way, and the cases look at what has
 * arrived.
 */
function withArrival(
  exporter: ZeroMqLogRecordExporter,
  services: LocalServices,
): LogRecordExporter {
  const arrival = (): Promise<void> =>
    expect
      .poll(() => services.zeromq.decoded.length, { timeout: 5000 })
      .toBe(exporter.stats().delivered);
  return {
    export: (records, callback) => exporter.export(records, callback),
    forceFlush: () => exporter.forceFlush().then(arrival),
    shutdown: () => exporter.shutdown().then(arrival),
  };
}

destinationContract({
  it,
  service: 'zeromq',
  services: { zeromq: true },
  createExporter: (services, overrides) =>
    withArrival(
      new ZeroMqLogRecordExporter({ ...overrides, endpoint: services.zeromq.endpoint }),
      services,
    ),
  arrived: (services) => services.zeromq.decoded,
  abilities: { acknowledges: false },
});
