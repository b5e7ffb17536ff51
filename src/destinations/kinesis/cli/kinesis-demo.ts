import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';
import { KINESIS_LIMITS } from '../kinesis-limits.ts';

export const kinesisDemo: DestinationDemo = {
  loadPackage: () => import('@aws-sdk/client-kinesis'),
  async createExporter({ clientConfig }) {
    const { KinesisLogRecordExporter } = await import('../index.ts');
    return new KinesisLogRecordExporter({
      streamName: '{service.name}-logs',
      aggregation: 'lines',
      clientConfig,
    });
  },
  environment: async () => ({ OTEL_EXPORTER_KINESIS_STREAM_NAME: 'logs' }),
  storedRecords: ({ kinesis }) => kinesis.decoded,
  requestLimit: {
    bytes: KINESIS_LIMITS.defaultMaxRequestBytes,
    entries: KINESIS_LIMITS.maxRecords,
  },
};
