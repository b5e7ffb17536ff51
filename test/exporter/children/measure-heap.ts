// Logs three times what an exporter may hold, to a service that hangs, and tells what the process holds then.
import {
  BatchLogRecordProcessor,
  LoggerProvider,
  type LogRecordProcessor,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { createBatchProcessor, DestinationLogRecordExporter } from '../../../src/index.ts';

const MEGABYTE = 1024 * 1024;
const boundMegabytes = 16;
const RECORD_BYTES = 1000;

const exporter = new DestinationLogRecordExporter({
  destination: { name: 'hung', send: () => new Promise(() => {}) },
  maxBufferedBytes: boundMegabytes * MEGABYTE,
  shutdownTimeoutMillis: 1,
});
const processor = createProcessor(process.argv[2] ?? '');
const logger = new LoggerProvider({ processors: [processor] }).getLogger('heap');

const before = heldBytes();
const count = Math.floor((3 * boundMegabytes * MEGABYTE) / RECORD_BYTES);
for (let emitted = 0; emitted < count; emitted += 1) {
  logger.emit({ body: `${emitted}`.padEnd(RECORD_BYTES, 'x') });
  if (emitted % 500 === 0) await new Promise((resolve) => setTimeout(resolve));
}
const { bufferedBytes, dropped } = exporter.stats();
const held = heldBytes() - before;
process.stdout.write(
  JSON.stringify({
    boundMegabytes,
    bufferedMegabytes: bufferedBytes / MEGABYTE,
    heldMegabytes: Math.round(held / MEGABYTE),
    dropped:
      Object.values(dropped).reduce((sum, lost) => sum + lost, 0) +
      // What the batch processor never hands over is dropped by itself.
      (count - exporter.stats().exported),
  }),
  () => process.exit(0),
);

function createProcessor(name: string): LogRecordProcessor {
  if (name === 'simple') return new SimpleLogRecordProcessor({ exporter });
  if (name === 'batch') return new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 1 });
  return createBatchProcessor(exporter, { scheduledDelayMillis: 1 });
}

function heldBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
