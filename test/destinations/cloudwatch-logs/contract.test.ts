import { CloudWatchLogRecordExporter } from 'collectorless/cloudwatch-logs';
import { destinationContract } from 'collectorless/testing';
import { describe, it } from 'vitest';

describe.each([
  ['that has to be created', {}],
  ['that is there', { '/otel/local-service': ['instance-1'] }],
])('CloudWatch Logs, a stream %s', (_what, groups) => {
  destinationContract({
    it,
    service: 'cloudwatch-logs',
    createExporter: ({ clientConfig }, overrides) =>
      new CloudWatchLogRecordExporter({ clientConfig, ...overrides }),
    arrived: ({ cloudWatchLogs }) => cloudWatchLogs.decoded,
    services: { cloudWatchLogs: { groups } },
  });
});
