import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { clientConfig } from './client-config.ts';

/** Our exporters as a user has them, from the built package; each is imported only where it runs. */
export const OUR_EXPORTERS: Readonly<Record<string, (url: string) => Promise<LogRecordExporter>>> =
  {
    Firehose: (url) => firehose(url, 'none'),
    'Firehose lines': (url) => firehose(url, 'lines'),
    'CloudWatch Logs': async (url) => {
      const { CloudWatchLogRecordExporter } = await import('collectorless/cloudwatch-logs');
      return new CloudWatchLogRecordExporter({
        logGroupName: 'bench',
        logStreamName: 'bench',
        clientConfig: clientConfig(url),
      });
    },
    SQS: (url) => sqs(url, 'none'),
    'SQS lines': (url) => sqs(url, 'lines'),
    'HTTP NDJSON': (url) => http(url, 'json'),
    'HTTP MessagePack': (url) => http(url, 'msgpack'),
  };

async function firehose(url: string, aggregation: 'none' | 'lines'): Promise<LogRecordExporter> {
  const { FirehoseLogRecordExporter } = await import('collectorless/firehose');
  return new FirehoseLogRecordExporter({
    deliveryStreamName: 'bench',
    aggregation,
    clientConfig: clientConfig(url),
  });
}

async function sqs(url: string, aggregation: 'none' | 'lines'): Promise<LogRecordExporter> {
  const { SqsLogRecordExporter } = await import('collectorless/sqs');
  return new SqsLogRecordExporter({
    queueUrl: `${url}/000000000000/bench`,
    aggregation,
    clientConfig: clientConfig(url),
  });
}

async function http(url: string, encoding: 'json' | 'msgpack'): Promise<LogRecordExporter> {
  const { HttpLogRecordExporter } = await import('collectorless/http');
  return new HttpLogRecordExporter({ url: `${url}/logs`, encoding });
}
