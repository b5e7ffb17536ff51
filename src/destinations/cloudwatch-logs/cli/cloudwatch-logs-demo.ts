import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';

export const cloudWatchLogsDemo: DestinationDemo = {
  loadPackage: () => import('@aws-sdk/client-cloudwatch-logs'),
  async createExporter({ clientConfig }) {
    const { CloudWatchLogRecordExporter } = await import('../index.ts');
    return new CloudWatchLogRecordExporter({ retentionInDays: 7, clientConfig });
  },
  environment: async () => ({}),
  storedRecords: ({ cloudWatchLogs }) => cloudWatchLogs.decoded,
  requestLimit: { bytes: 1_048_576, entries: 10_000 },
};
