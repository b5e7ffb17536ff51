import type { DestinationManifest } from '../../manifest/destination-manifest.ts';

export const manifest: DestinationManifest = {
  name: 'cloudwatch-logs',
  packageName: '@aws-sdk/client-cloudwatch-logs',
  prefix: 'OTEL_EXPORTER_CLOUDWATCH_LOGS_',
  stem: 'OTEL_EXPORTER_CLOUDWATCH_',
  alternatives: [{ options: ['client', 'clientConfig'], isRequired: false }],
  loadTable: async () => (await import('./cloudwatch-logs-table.ts')).CLOUDWATCH_LOGS_TABLE,
  loadExporter: async () => (await import('./index.ts')).CloudWatchLogRecordExporter,
};
