// npx node examples/winston.ts — winston's logs to CloudWatch Logs, with AWS credentials, or AWS_ENDPOINT_URL.
import { logs, trace } from '@opentelemetry/api';
import { logs as winstonsLogs } from '@opentelemetry/api-logs';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { OpenTelemetryTransportV3 } from '@opentelemetry/winston-transport';
import { createBatchProcessor } from 'collectorless';
import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import winston from 'winston';

const exporter = new CloudWatchLogRecordExporter({ logGroupName: '/shop/{service.name}' });
const sdk = new NodeSDK({
  serviceName: 'orders',
  logRecordProcessors: [createBatchProcessor(exporter)],
  metricReaders: [],
  // Without any span processor there are no spans, and so no trace ids in the logs. This one exports nothing.
  spanProcessors: [
    {
      onStart() {},
      onEnd() {},
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    },
  ],
});
sdk.start();
// The transport looks for the logs API where it was before @opentelemetry/api 1.10.
winstonsLogs.setGlobalLoggerProvider(logs.getLoggerProvider());

const logger = winston.createLogger({ transports: [new OpenTelemetryTransportV3()] });

trace.getTracer('orders').startActiveSpan('take an order', (span) => {
  logger.info('order taken', { order: 1 });
  logger.warn('not enough in stock', { order: 1, item: 'tea' });
  span.end();
});

await sdk.shutdown();
console.log(exporter.stats());
