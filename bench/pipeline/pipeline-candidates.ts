import type { BatchLogRecordProcessorOptions, LogRecordExporter } from '@opentelemetry/sdk-logs';
import type { ExporterStats } from '../../src/report/ledger.ts';

type ProcessorLimits = Omit<BatchLogRecordProcessorOptions, 'exporter'>;

export interface PipelineCandidate {
  /** Of the SDK's batch processor. Default: its own. */
  readonly processor?: ProcessorLimits;
  create(server: string): Promise<LogRecordExporter & { stats?(): ExporterStats }>;
}

/** What it takes to lose nothing with one export in flight. */
const TUNED: ProcessorLimits = {
  maxExportBatchSize: 4096,
  maxQueueSize: 65_536,
  scheduledDelayMillis: 100,
};

/** The exporters that are compared, each imported only where it runs. */
export const PIPELINE_CANDIDATES: Readonly<Record<string, PipelineCandidate>> = {
  'create-only': {
    create: async () => ({
      export: (_, callback) => callback({ code: 0 }),
      forceFlush: async () => {},
      shutdown: async () => {},
    }),
  },
  otlp: { create: createOtlp },
  'otlp-tuned': { processor: TUNED, create: createOtlp },
  firehose: { create: (server) => createFirehose(server, 'none') },
  'firehose-lines': { create: (server) => createFirehose(server, 'lines') },
  'cloudwatch-logs': {
    async create(server) {
      const { CloudWatchLogRecordExporter } = await import(
        '../../src/destinations/cloudwatch-logs/index.ts'
      );
      return new CloudWatchLogRecordExporter({ clientConfig: clientConfig(server) });
    },
  },
  'sqs-lines': {
    async create(server) {
      const { SqsLogRecordExporter } = await import('../../src/destinations/sqs/index.ts');
      return new SqsLogRecordExporter({
        queueUrl: `${server}/000000000000/logs`,
        aggregation: 'lines',
        clientConfig: clientConfig(server),
      });
    },
  },
  'http-ndjson': { create: (server) => createHttp(server, 'json') },
  'http-msgpack': { create: (server) => createHttp(server, 'msgpack') },
};

async function createOtlp(server: string): Promise<LogRecordExporter> {
  const { OTLPLogExporter } = await import('@opentelemetry/exporter-logs-otlp-http');
  return new OTLPLogExporter({ url: `${server}/v1/logs` });
}

async function createFirehose(
  server: string,
  aggregation: 'none' | 'lines',
): ReturnType<PipelineCandidate['create']> {
  const { FirehoseLogRecordExporter } = await import('../../src/destinations/firehose/index.ts');
  return new FirehoseLogRecordExporter({
    deliveryStreamName: 'logs',
    aggregation,
    clientConfig: clientConfig(server),
  });
}

async function createHttp(
  server: string,
  encoding: 'json' | 'msgpack',
): ReturnType<PipelineCandidate['create']> {
  const { HttpLogRecordExporter } = await import('../../src/destinations/http/index.ts');
  return new HttpLogRecordExporter({ url: `${server}/logs`, encoding });
}

function clientConfig(endpoint: string) {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  return { endpoint, region: 'us-east-1', credentials };
}
