// npx node examples/cloudwatch-logs.ts — with AWS credentials, or AWS_ENDPOINT_URL.
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';

const exporter = new CloudWatchLogRecordExporter({
  // One stream a tenant. Group and stream are made when the service says that they are missing.
  logGroupName: '/shop/{service.name}',
  logStreamName: '{date}/{attributes.tenant}',
  retentionInDays: 7,
  onDrop: ({ count, reason, target }) => console.error(`lost ${count} (${reason}) for ${target}`),
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'orders' }),
  processors: [new BatchLogRecordProcessor({ exporter })],
});

const logger = provider.getLogger('orders');
for (const tenant of ['north', 'south', 'a/b:*']) {
  logger.emit({
    severityNumber: SeverityNumber.WARN,
    body: { message: 'not enough in stock', item: 'tea' },
    attributes: { tenant },
  });
}
logger.emit({
  severityNumber: SeverityNumber.INFO,
  body: 'three weeks old: the service takes 14 days',
  timestamp: Date.now() - 21 * 24 * 60 * 60 * 1000,
  attributes: { tenant: 'north' },
});

await provider.shutdown();
console.log(exporter.stats());
