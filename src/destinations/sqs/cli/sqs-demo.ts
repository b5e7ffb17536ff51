import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';

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
  requestLimit: { bytes: 1_048_576, entries: 10 },
};
