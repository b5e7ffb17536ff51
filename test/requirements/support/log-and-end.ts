// Logs one record to an SQS that never answers, with a long delay of the processor, and then has no work left.
import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { SqsLogRecordExporter } from '../../../src/destinations/sqs/index.ts';

const [queueUrl = '', clientConfig = '{}'] = process.argv.slice(2);
const sockets: Socket[] = [];
subscribe('net.client.socket', (message) => {
  const socket: unknown = Reflect.get(Object(message), 'socket');
  if (socket instanceof Socket) sockets.push(socket);
});
const exporter = new SqsLogRecordExporter({ queueUrl, clientConfig: JSON.parse(clientConfig) });
const providers = [1, 3_600_000].map(
  (scheduledDelayMillis) =>
    new LoggerProvider({
      processors: [new BatchLogRecordProcessor({ exporter, scheduledDelayMillis })],
    }),
);
for (const provider of providers) provider.getLogger('app').emit({ body: 'hello' });
// Until the first request is on its way.
const poll = setInterval(() => {
  if (!sockets.some(({ bytesWritten }) => bytesWritten > 0)) return;
  clearInterval(poll);
  process.stdout.write(`in flight: ${exporter.stats().inFlight}`);
}, 10);
