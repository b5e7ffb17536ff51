import type { DestinationDemo } from '../../../cli/demo/destination-demo.ts';
import { CLOUDWATCH_LOGS_LIMITS } from '../cloudwatch-logs-limits.ts';

export const cloudWatchLogsDemo: DestinationDemo = {
  loadPackage: () => import('@aws-sdk/client-cloudwatch-logs'),
  async createExporter({ clientConfig }) {
    const { CloudWatchLogRecordExporter } = await import('../index.ts');
    return new CloudWatchLogRecordExporter({ retentionInDays: 7, clientConfig });
  },
  environment: async () => ({}),
  storedRecords: ({ cloudWatchLogs }) => cloudWatchLogs.decoded,
  requestLimit: {
    bytes: CLOUDWATCH_LOGS_LIMITS.maxRequestBytes,
    entries: CLOUDWATCH_LOGS_LIMITS.maxEvents,
  },
};
