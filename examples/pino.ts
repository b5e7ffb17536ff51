// npx node examples/pino.ts — pino's logs to Firehose, with AWS credentials, or AWS_ENDPOINT_URL.
import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { createBatchProcessor } from 'collectorless';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import type { pino } from 'pino';

const exporter = new FirehoseLogRecordExporter({
  deliveryStreamName: '{service.name}-logs',
  aggregation: 'lines',
});
const sdk = new NodeSDK({
  serviceName: 'orders',
  instrumentations: [getNodeAutoInstrumentations()],
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

// After the start, and by `require`: what an ES module imports is loaded before its first line runs. An app that
// is started with `--import collectorless/register` imports as it likes.
const createLogger: typeof pino = createRequire(import.meta.url)('pino');
const logger = createLogger();

trace.getTracer('orders').startActiveSpan('take an order', (span) => {
  logger.info({ order: 1 }, 'order taken');
  logger.error({ order: 1, err: new Error('There is no tea') }, 'the order failed');
  span.end();
});

await sdk.shutdown();
console.log(exporter.stats());
