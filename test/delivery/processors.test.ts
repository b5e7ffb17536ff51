import {
  BatchLogRecordProcessor,
  LoggerProvider,
  type LogRecordProcessor,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import type { DestinationLogRecordExporter } from 'collectorless';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, describe, expect, test } from 'vitest';

let services: LocalServices;

afterEach(() => services.close());

function providerOf(processor: LogRecordProcessor): LoggerProvider {
  return new LoggerProvider({ processors: [processor] });
}

function emitter(provider: LoggerProvider): (count: number) => void {
  const logger = provider.getLogger('test');
  let emitted = 0;
  return (count) => {
    for (let index = 0; index < count; index += 1) {
      emitted += 1;
      logger.emit({
        severityNumber: 9,
        body: `record ${emitted}`,
        attributes: { uid: `${emitted}` },
      });
    }
  };
}

/** Emits `perTick` records every 4 ms, `ticks` times, and never more to make up for a late tick. */
function emitSteadily(
  emit: (count: number) => void,
  perTick: number,
  ticks: number,
): Promise<void> {
  return new Promise((resolve) => {
    let left = ticks;
    const timer = setInterval(() => {
      emit(perTick);
      left -= 1;
      if (left > 0) return;
      clearInterval(timer);
      resolve();
    }, 4);
  });
}

describe('behind the batch processor at its defaults', () => {
  test.each([
    ['Firehose', () => new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', ...own() })],
    ['CloudWatch Logs', () => new CloudWatchLogRecordExporter(own())],
    // A machine that is busy with other things may not have the time that this takes: then once more.
  ])(
    '%s loses nothing of 50 records a millisecond at 20 ms latency',
    { retry: 3 },
    async (_name, create) => {
      services = await startLocalServices({ latencyMillis: 20 });
      const exporter: DestinationLogRecordExporter = create();
      const provider = providerOf(new BatchLogRecordProcessor({ exporter }));
      await emitSteadily(emitter(provider), 200, 500);
      await provider.shutdown();
      expect(exporter.stats()).toMatchObject({
        exported: 100_000,
        delivered: 100_000,
        dropped: {},
      });
      expect(services.violations).toEqual([]);
    },
  );

  test('records that are exported while the exporter shuts down are delivered', async () => {
    services = await startLocalServices({ latencyMillis: 20 });
    const exporter = new FirehoseLogRecordExporter({ deliveryStreamName: 'logs', ...own() });
    const processor = new BatchLogRecordProcessor({ exporter });
    emitter(providerOf(processor))(2_048);
    const flushed = processor.forceFlush();
    await processor.shutdown();
    await flushed;
    expect(exporter.stats()).toMatchObject({ exported: 2_048, delivered: 2_048, dropped: {} });
  });

  test('a second flush at once and a flush of a dead service neither reject nor stop the processor', async () => {
    services = await startLocalServices({ faults: [{ kind: 'service-unavailable', times: 3 }] });
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      flushTimeoutMillis: 20,
      retry: { initialBackoffMillis: 50 },
      ...own(),
    });
    const provider = providerOf(new BatchLogRecordProcessor({ exporter }));
    const emit = emitter(provider);
    emit(600);
    await Promise.all([provider.forceFlush(), provider.forceFlush()]);
    emit(600);
    await provider.forceFlush();
    await provider.shutdown();
    expect(exporter.stats()).toMatchObject({ exported: 1_200, delivered: 1_200, dropped: {} });
  });

  test('exports that overlap because the processor gave up waiting are all delivered', async () => {
    services = await startLocalServices({ latencyMillis: 60 });
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      acknowledge: 'delivered',
      ...own(),
    });
    const processor = new BatchLogRecordProcessor({
      exporter,
      exportTimeoutMillis: 10,
      scheduledDelayMillis: 1,
      maxExportBatchSize: 100,
    });
    const provider = providerOf(processor);
    await emitSteadily(emitter(provider), 50, 20);
    await provider.shutdown();
    expect(exporter.stats()).toMatchObject({ exported: 1_000, delivered: 1_000, dropped: {} });
  });
});

test('10,000 records of the simple processor in one tick go out in few requests', async () => {
  services = await startLocalServices({ latencyMillis: 5 });
  const exporter = new CloudWatchLogRecordExporter({ concurrencyLimit: 3, ...own() });
  const provider = providerOf(new SimpleLogRecordProcessor({ exporter }));
  emitter(provider)(10_000);
  await exporter.forceFlush();
  const stats = exporter.stats();
  await provider.shutdown();
  expect(stats).toMatchObject({ exported: 10_000, delivered: 10_000, dropped: {} });
  expect(stats.requests).toBeLessThan(10);
});

function own(): { clientConfig: LocalServices['clientConfig'] } {
  return { clientConfig: services.clientConfig };
}
