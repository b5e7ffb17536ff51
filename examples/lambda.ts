// npx node examples/lambda-invoke.ts — calls this handler as Lambda does; AWS settings as for firehose.ts.
import { SeverityNumber } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { createBatchProcessor } from 'collectorless';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { withLogFlush } from 'collectorless/lambda';

// Outside of the handler: made once for an execution environment, with its connections.
const exporter = new FirehoseLogRecordExporter({
  deliveryStreamName: process.env['DELIVERY_STREAM_NAME'] ?? '{service.name}-logs',
  aggregation: 'lines',
});
const provider = new LoggerProvider({
  resource: resourceFromAttributes({
    'service.name': 'shop',
    'faas.name': process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'orders',
  }),
  processors: [createBatchProcessor(exporter)],
});
const logger = provider.getLogger('orders');

export interface Order {
  readonly order: number;
  readonly items: number;
}

export interface Answer {
  readonly statusCode: number;
}

export const handler: (order: Order) => Promise<Answer> = withLogFlush(async ({ items, order }) => {
  logger.emit({
    severityNumber: SeverityNumber.INFO,
    body: 'order taken',
    attributes: { order, items },
  });
  if (items === 0) throw new Error('An order without items');
  return { statusCode: 202 };
});
