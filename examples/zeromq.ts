// LOG_ENDPOINT=tcp://127.0.0.1:5010 npx node examples/zeromq.ts — to a PULL socket that listens there.
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { ZeroMqLogRecordExporter } from 'collectorless/zeromq';

const exporter = new ZeroMqLogRecordExporter({
  endpoint: process.env['LOG_ENDPOINT'] ?? 'tcp://127.0.0.1:5010',
  // Several records in one body frame: much faster, but the receiver must know of it.
  aggregation: 'lines',
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({
    'service.name': 'shop',
    'deployment.environment.name': 'production',
  }),
  processors: [new BatchLogRecordProcessor({ exporter })],
});

const logger = provider.getLogger('orders');
for (let order = 1; order <= 1000; order += 1) {
  logger.emit({ severityNumber: SeverityNumber.INFO, body: 'order taken', attributes: { order } });
}

await provider.shutdown();
console.log(exporter.stats());
