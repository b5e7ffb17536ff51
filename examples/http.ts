// LOG_URL=https://… npx node examples/http.ts — one request a tenant, each with headers of its own.
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { HttpLogRecordExporter } from 'collectorless/http';

const exporter = new HttpLogRecordExporter({
  url: process.env['LOG_URL'] ?? 'http://127.0.0.1:8080/logs',
  compression: 'gzip',
  groupBy: ({ attributes }) => String(attributes['tenant']),
  // Asked once for each request: a good place to fetch a token that runs out.
  headers: async ({ key, resource, count }) => ({
    authorization: `Bearer ${process.env['LOG_TOKEN'] ?? 'none'}`,
    'x-tenant': key,
    'x-service': String(resource.attributes['service.name']),
    'x-record-count': String(count),
  }),
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop' }),
  processors: [new BatchLogRecordProcessor({ exporter })],
});

const logger = provider.getLogger('orders');
for (let order = 1; order <= 100; order += 1) {
  const tenant = order % 4 === 0 ? 'north' : 'south';
  logger.emit({
    severityNumber: SeverityNumber.INFO,
    body: 'order taken',
    attributes: { order, tenant },
  });
}

await provider.shutdown();
console.log(exporter.stats());
