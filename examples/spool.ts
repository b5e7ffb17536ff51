// LOG_URL=https://… SPOOL_DIRECTORY=… npx node examples/spool.ts — logs that survive an outage and kill -9.
// `npx node examples/spool-outage.ts` lets it live through both.
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { createBatchProcessor } from 'collectorless';
import { HttpLogRecordExporter } from 'collectorless/http';

const exporter = new HttpLogRecordExporter({
  url: process.env['LOG_URL'] ?? 'http://127.0.0.1:8080/logs',
  spool: {
    // On a disk that outlives the process. Several processes may share the folder.
    directory: process.env['SPOOL_DIRECTORY'] ?? '/var/spool/shop-logs',
    maxBytes: 100 * 1024 * 1024,
  },
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({
    'service.name': 'shop',
    'service.instance.id': String(process.pid),
  }),
  processors: [createBatchProcessor(exporter, { scheduledDelayMillis: 100 })],
});
const logger = provider.getLogger('orders');

let order = 0;
const work = setInterval(() => {
  order += 1;
  logger.emit({ severityNumber: SeverityNumber.INFO, body: 'order taken', attributes: { order } });
}, 5);
const report = setInterval(() => {
  const { adopted, delivered, spooled } = exporter.stats();
  console.log(JSON.stringify({ adopted, delivered, spooled }));
}, 200);

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    clearInterval(work);
    clearInterval(report);
    await provider.shutdown();
  });
}
