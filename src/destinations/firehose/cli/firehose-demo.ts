import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';

export const firehoseDemo: DestinationDemo = {
  loadPackage: () => import('@aws-sdk/client-firehose'),
  async createExporter({ clientConfig }) {
    const { FirehoseLogRecordExporter } = await import('../index.ts');
    return new FirehoseLogRecordExporter({
      deliveryStreamName: '{service.name}-logs',
      aggregation: 'lines',
      clientConfig,
    });
  },
  environment: async () => ({ OTEL_EXPORTER_FIREHOSE_DELIVERY_STREAM_NAME: 'logs' }),
  storedRecords: ({ firehose }) => firehose.decoded,
  requestLimit: { bytes: 4 * 1024 * 1024, entries: 500 },
};
