// SUMO_URL=https://… npx node examples/sumo-logic.ts — the address of a hosted HTTP source is a secret.
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { HttpLogRecordExporter } from 'collectorless/http';

const exporter = new HttpLogRecordExporter({
  url: process.env['SUMO_URL'] ?? 'http://127.0.0.1:8080/receiver/v1/http/token',
  preset: 'sumologic',
  sumo: { category: 'prod/{service.name}', fields: { team: 'checkout', severity: '{severity}' } },
  compression: 'gzip',
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop' }),
  processors: [new BatchLogRecordProcessor({ exporter })],
});

const logger = provider.getLogger('orders');
logger.emit({ severityNumber: SeverityNumber.INFO, body: 'order taken', attributes: { order: 1 } });
logger.emit({ severityNumber: SeverityNumber.WARN, body: 'not enough in stock' });

await provider.shutdown();
console.log(exporter.stats());
