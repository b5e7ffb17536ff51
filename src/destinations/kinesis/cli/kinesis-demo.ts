import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';

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
  requestLimit: { bytes: 5 * 1024 * 1024, entries: 500 },
};
