import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';
import { FIREHOSE_LIMITS } from '../firehose-limits.ts';

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
  requestLimit: { bytes: FIREHOSE_LIMITS.maxRequestBytes, entries: FIREHOSE_LIMITS.maxRecords },
};
