// npx node examples/firehose.ts — with AWS credentials and a delivery stream, or AWS_ENDPOINT_URL.
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';

const exporter = new FirehoseLogRecordExporter({
  deliveryStreamName: process.env['DELIVERY_STREAM_NAME'] ?? '{service.name}-logs',
  // Firehose bills each of its records as a multiple of 5 KB: up to 500 lines share one.
  aggregation: 'lines',
  compression: 'gzip',
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop' }),
  processors: [new BatchLogRecordProcessor({ exporter })],
});

const logger = provider.getLogger('orders');
for (let order = 1; order <= 1000; order += 1) {
  logger.emit({
    severityNumber: SeverityNumber.INFO,
    body: 'order taken',
    attributes: { order, items: [{ name: 'coffee', quantity: 2 }] },
  });
}

await provider.shutdown();
console.log(exporter.stats());
