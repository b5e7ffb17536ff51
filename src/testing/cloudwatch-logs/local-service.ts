import type { LocalAwsService } from '../aws/local-aws-service.ts';
import { cloudWatchLogsService } from './cloudwatch-logs-service.ts';
import { LocalCloudWatchLogs, type LocalCloudWatchLogsOptions } from './local-cloudwatch-logs.ts';

export const localService: LocalAwsService<
  'cloudWatchLogs',
  LocalCloudWatchLogs,
  LocalCloudWatchLogsOptions
> = {
  property: 'cloudWatchLogs',
  operation: 'PutLogEvents',
  create(options, { decode }) {
    const store = new LocalCloudWatchLogs(options, decode);
    return { store, service: cloudWatchLogsService(store) };
  },
};
