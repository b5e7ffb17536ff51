/**
 * The app of the chaos run: logs numbered records through all its exporters and writes to stdout what it did,
 * at once, so that a kill -9 takes back nothing.
 */

import { writeSync } from 'node:fs';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import type { AppOrder } from './app-order.ts';
import { createExporter } from './chaos-exporters.ts';
import { letClockJump } from './jumping-clock.ts';
import { RecordingExporter } from './recording-exporter.ts';

const TICK_MILLIS = 20;
/** After a stop the app does not make up for all that it did not log. */
const MAX_RECORDS_A_TICK = 100;

const order: AppOrder = JSON.parse(process.argv[2] ?? '');
const { bodyBytes = 100, incarnation, maxRecords = Number.POSITIVE_INFINITY } = order;
const write = (line: string): void => void writeSync(1, `${line}\n`);
const tell = (level: string) => (message: string) => write(`told ${level} ${message}`);
const quiet = (): void => {};
diag.setLogger(
  { error: tell('error'), warn: tell('warn'), info: quiet, debug: quiet, verbose: quiet },
  DiagLogLevel.WARN,
);
letClockJump();

const exporters = order.exporters.map((name) => {
  const exporter = createExporter(name, order.addresses, {
    spool: { directory: order.directory },
    timeoutMillis: 20_000,
    flushTimeoutMillis: 3000,
    shutdownTimeoutMillis: 3000,
    retry: { initialBackoffMillis: 50, maxBackoffMillis: 1000 },
    onDrop: ({ reason, count, error }) =>
      write(`dropped ${name} ${reason} ${count} ${error?.message.replaceAll('\n', ' ') ?? ''}`),
  });
  return new RecordingExporter(name, exporter, write);
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({
    'service.name': 'chaos',
    'service.instance.id': `${incarnation}`,
  }),
  processors: exporters.map(
    (exporter) =>
      new BatchLogRecordProcessor({
        exporter,
        maxQueueSize: 8192,
        maxExportBatchSize: 256,
        scheduledDelayMillis: 100,
      }),
  ),
});
const logger = provider.getLogger('chaos');
const text = 'x'.repeat(bodyBytes);
let emitted = 0;
let dueMillis = performance.now();
let isEnding = false;

setInterval(() => {
  for (const exporter of exporters) exporter.look();
  if (isEnding) return;
  const now = performance.now();
  const due = Math.floor(((now - dueMillis) * order.recordsPerSecond) / 1000);
  if (due === 0) return;
  dueMillis = now;
  const count = Math.min(due, MAX_RECORDS_A_TICK, maxRecords - emitted);
  if (count === 0) return;
  write(`emitted ${emitted}-${emitted + count - 1}`);
  for (let left = count; left > 0; left -= 1) {
    const attributes = { uid: `${incarnation}.${emitted}`, number: emitted };
    logger.emit({ severityNumber: 9, body: text, attributes });
    emitted += 1;
  }
}, TICK_MILLIS);

process.once('SIGTERM', () => {
  isEnding = true;
  void provider.shutdown().then(() => {
    write('ended');
    process.exit(0);
  });
});
write('started');
