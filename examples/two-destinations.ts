// npx node examples/two-destinations.ts — CloudWatch Logs to search, Firehose to keep: a processor each.
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';

const search = new CloudWatchLogRecordExporter({ retentionInDays: 7 });
const archive = new FirehoseLogRecordExporter({
  deliveryStreamName: '{service.name}-archive',
  aggregation: 'lines',
  compression: 'gzip',
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop' }),
  // Each has its own queue: one destination that is slow or down does not stop the other.
  processors: [search, archive].map((exporter) => new BatchLogRecordProcessor({ exporter })),
});

const logger = provider.getLogger('orders');
logger.emit({ severityNumber: SeverityNumber.INFO, body: 'order taken', attributes: { order: 1 } });
logger.emit({ severityNumber: SeverityNumber.WARN, body: 'not enough in stock' });

await provider.shutdown();
console.log({ search: search.stats(), archive: archive.stats() });
