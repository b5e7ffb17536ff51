// npx node examples/kinesis.ts — with AWS credentials and a data stream, or AWS_ENDPOINT_URL.
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { KinesisLogRecordExporter } from 'collectorless/kinesis';

const exporter = new KinesisLogRecordExporter({
  streamName: process.env['STREAM_NAME'] ?? '{service.name}-logs',
  // Kinesis bills each of its records as units of 25 KB: many lines share one.
  aggregation: 'lines',
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
