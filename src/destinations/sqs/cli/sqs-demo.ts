import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';
import { SQS_LIMITS } from '../sqs-limits.ts';

export const sqsDemo: DestinationDemo = {
  loadPackage: () => import('@aws-sdk/client-sqs'),
  async createExporter({ clientConfig }) {
    const { SqsLogRecordExporter } = await import('../index.ts');
    return new SqsLogRecordExporter({
      queueName: '{service.name}-logs',
      aggregation: 'lines',
      clientConfig,
    });
  },
  environment: async () => ({ OTEL_EXPORTER_SQS_QUEUE_NAME: 'logs' }),
  storedRecords: ({ sqs }) => sqs.decoded,
  requestLimit: { bytes: SQS_LIMITS.maxRequestBytes, entries: SQS_LIMITS.maxMessages },
};
