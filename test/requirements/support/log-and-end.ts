// Logs one record to an SQS that never answers, with a long delay of the processor, and then has no work left.
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { SqsLogRecordExporter } from '../../../src/destinations/sqs/index.ts';

const [queueUrl = '', clientConfig = '{}'] = process.argv.slice(2);
const exporter = new SqsLogRecordExporter({ queueUrl, clientConfig: JSON.parse(clientConfig) });
const providers = [1, 3_600_000].map(
  (scheduledDelayMillis) =>
    new LoggerProvider({
      processors: [new BatchLogRecordProcessor({ exporter, scheduledDelayMillis })],
    }),
);
for (const provider of providers) provider.getLogger('app').emit({ body: 'hello' });
// Long enough for the first request to be on its way.
setTimeout(() => process.stdout.write(`in flight: ${exporter.stats().inFlight}`), 700);
