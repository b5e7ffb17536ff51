import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  BatchLogRecordProcessor,
  LoggerProvider,
  type LogRecordExporter,
  type LogRecordProcessor,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { createBatchProcessor } from 'collectorless';
import { HttpLogRecordExporter } from 'collectorless/http';
import { type Fault, startLocalServices } from 'collectorless/testing';
import { describe, expect, it } from 'vitest';
import { expectSettled } from '../support/accounts.ts';

const MAX_BUFFERED_BYTES = 300_000;

const processors: Readonly<Record<string, (exporter: LogRecordExporter) => LogRecordProcessor>> = {
  simple: (exporter) => new SimpleLogRecordProcessor({ exporter }),
  batch: (exporter) => new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 5 }),
  'batch of createBatchProcessor': (exporter) =>
    createBatchProcessor(exporter, { scheduledDelayMillis: 5 }),
};

const faults: Readonly<Record<string, readonly Fault[]>> = {
  nothing: [],
  hang: [{ kind: 'hang' }],
  throttle: [{ kind: 'throttle', rate: 0.7 }],
  'slow body': [{ kind: 'slow-body', durationMillis: 200 }],
  'late answers': [{ kind: 'delay', durationMillis: 100 }],
  resets: [{ kind: 'reset-before-accept', rate: 0.5 }],
  'a service that is down': [{ kind: 'service-unavailable' }],
};

describe.each(Object.entries(processors))('behind the %s processor', (_, createProcessor) => {
  it.each(Object.entries(faults))(
    'memory stays within its bound under %s',
    async (_what, given) => {
      await using services = await startLocalServices({
        faults: given,
        http: { keepRequests: false },
      });
      let most = 0;
      const exporter = new HttpLogRecordExporter({
        url: services.http.url,
        maxBufferedBytes: MAX_BUFFERED_BYTES,
        maxRequestBytes: 50_000,
        timeoutMillis: 400,
        retry: { initialBackoffMillis: 5, maxBackoffMillis: 20 },
        flushTimeoutMillis: 100,
        shutdownTimeoutMillis: 100,
        onDrop: () => look(),
      });
      const look = (): void => {
        most = Math.max(most, exporter.stats().bufferedBytes);
      };
      const provider = new LoggerProvider({ processors: [createProcessor(exporter)] });
      const logger = provider.getLogger('test');
      for (let turn = 0; turn < 40; turn += 1) {
        for (let record = 0; record < 20; record += 1) {
          logger.emit({ body: 'x'.repeat((turn * 20 + record) % 7 === 0 ? 40_000 : 300) });
          look();
        }
        await new Promise(setImmediate);
        look();
      }
      await provider.shutdown();
      await exporter.shutdown();
      look();
      expect(most).toBeGreaterThan(40_000);
      expect(most).toBeLessThanOrEqual(1.1 * MAX_BUFFERED_BYTES);
      expectSettled(exporter.stats());
    },
  );
});

describe('the heap, while a service hangs and the app goes on', () => {
  it.each(['simple', 'batch', 'own'])('is bounded behind the %s processor', async (processor) => {
    const script = new URL('./children/measure-heap.ts', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      script,
      processor,
    ]);
    const { boundMegabytes, bufferedMegabytes, dropped, heldMegabytes } = JSON.parse(stdout);
    expect(dropped).toBeGreaterThan(0);
    expect(bufferedMegabytes).toBeLessThanOrEqual(1.1 * boundMegabytes);
    // What the processor itself queues, the slabs' unused ends, and what the collector is slow with.
    expect(heldMegabytes).toBeLessThan(1.1 * boundMegabytes + 24);
  });
});
