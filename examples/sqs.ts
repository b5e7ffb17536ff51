// QUEUE_NAME=logs npx node examples/sqs.ts — with AWS credentials and a queue, or AWS_ENDPOINT_URL.
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { SqsLogRecordExporter } from 'collectorless/sqs';

const exporter = new SqsLogRecordExporter({
  // On a FIFO queue the messages of one customer stay in order.
  queueName: process.env['QUEUE_NAME'] ?? 'logs.fifo',
  messageGroupId: '{attributes.customer}',
  messageAttributes: { severity: '{severity}' },
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop' }),
  processors: [new BatchLogRecordProcessor({ exporter })],
});

const logger = provider.getLogger('orders');
for (let order = 1; order <= 100; order += 1) {
  logger.emit({
    severityNumber: SeverityNumber.INFO,
    body: 'order taken',
    attributes: { order, customer: `customer-${order % 3}` },
  });
}

await provider.shutdown();
console.log(exporter.stats());
