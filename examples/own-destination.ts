// npx node examples/own-destination.ts [folder] — bring your own destination: here one file a day.
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { type Destination, DestinationLogRecordExporter } from 'collectorless';

const folder = process.argv[2] ?? tmpdir();

const files: Destination = {
  name: 'files',
  targetNames: { file: '{service.name}-{date}.jsonl' },
  limits: { maxEntries: 5000, maxRequestBytes: 1024 * 1024, maxEntryBytes: 64 * 1024 },
  delimiter: '\n',
  // One write at a time to each file, so that its lines stay in order.
  ordered: true,
  async send({ entries, target }) {
    const lines = Buffer.concat(entries.map(({ bytes }) => bytes));
    try {
      await appendFile(join(folder, target.names['file'] ?? 'unknown'), lines);
      return { status: 'delivered' };
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      // A full disk may get room again; a folder that is not there will not come by waiting.
      const isFinal = 'code' in error && error.code === 'ENOENT';
      return isFinal
        ? { status: 'rejected', reason: 'rejected', error }
        : { status: 'retryable', error };
    }
  },
};

const exporter = new DestinationLogRecordExporter({
  destination: files,
  staticFields: { revision: '2026.11' },
  onDrop: ({ count, reason, error }) => console.error(`lost ${count}: ${reason}`, error?.message),
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop' }),
  processors: [new BatchLogRecordProcessor({ exporter })],
});

const logger = provider.getLogger('orders');
for (let order = 1; order <= 1000; order += 1) {
  logger.emit({ severityNumber: SeverityNumber.INFO, body: 'order taken', attributes: { order } });
}

await provider.shutdown();
console.log(exporter.stats());
